import { describe, expect, it } from 'vitest';
import { formatSources, parseDeb822Sources, parseOneLineSources, swapSuite } from '../../../servers/debian/sources.ts';

const ownSuites = ['bookworm', 'stable'];

describe('parseOneLineSources()', () => {
  it('reads lines with and without options, and skips comments and source packages', () => {
    const text = `# a comment
deb http://mirror.example/debian bookworm main contrib # trailing
  deb [signed-by=/usr/share/keyrings/a.gpg arch=amd64,i386 lang+=de check-valid-until=no] https://mirror.example/debian/ stable main
deb-src http://mirror.example/debian bookworm main
#deb http://mirror.example/debian trixie main
`;
    expect(parseOneLineSources(text)).toEqual([
      { uris: ['http://mirror.example/debian'], suites: ['bookworm'], components: ['main', 'contrib'], fields: {} },
      {
        uris: ['https://mirror.example/debian/'],
        suites: ['stable'],
        components: ['main'],
        fields: {
          'Signed-By': '/usr/share/keyrings/a.gpg',
          Architectures: 'amd64 i386',
          'Languages-Add': 'de',
          'Check-Valid-Until': 'no',
        },
      },
    ]);
  });
});

describe('parseDeb822Sources()', () => {
  it('reads paragraphs, with comments inside and keys over several lines', () => {
    const text = `Types: deb deb-src
# http://snapshot.example/archive
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
 -----END PGP PUBLIC KEY BLOCK-----

types: deb
uris: http://security.example/debian-security
suites: bookworm-security
components: main
`;
    const key = '\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\n -----END PGP PUBLIC KEY BLOCK-----';
    expect(parseDeb822Sources(text)).toEqual([
      {
        uris: ['http://mirror.example/debian'],
        suites: ['bookworm', 'bookworm-updates'],
        components: ['main'],
        fields: { 'Signed-By': key },
      },
      {
        uris: ['http://security.example/debian-security'],
        suites: ['bookworm-security'],
        components: ['main'],
        fields: {},
      },
    ]);
  });

  it.each(['Types: deb-src', 'Enabled: no\nTypes: deb'])('skips a paragraph with %j', (line) => {
    const text = `${line}\nURIs: http://mirror.example/debian\nSuites: bookworm\nComponents: main\n`;
    expect(parseDeb822Sources(text)).toEqual([]);
  });
});

describe('swapSuite()', () => {
  const sources = parseOneLineSources(`deb [signed-by=/k.gpg] http://mirror.example/debian bookworm main
deb http://mirror.example/debian bookworm-updates main
deb http://security.example/debian-security bookworm-security main
deb https://vendor.example/apt bookworm vendor
`);

  it('keeps what carries the own suite, its options included, under the new name', () => {
    expect(swapSuite(sources, ownSuites, 'forky')).toEqual([
      {
        uris: ['http://mirror.example/debian'],
        suites: ['forky'],
        components: ['main'],
        fields: { 'Signed-By': '/k.gpg' },
      },
    ]);
  });

  it('drops the other suites of a paragraph', () => {
    const both = parseDeb822Sources(
      'Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\n',
    );
    expect(swapSuite(both, ownSuites, 'trixie').map((source) => source.suites)).toEqual([['trixie']]);
  });
});

describe('formatSources()', () => {
  it('writes each source once, in a form that reads back the same', () => {
    const [source] = parseOneLineSources('deb [signed-by=/k.gpg arch=amd64] http://mirror.example/debian forky main');
    if (source === undefined) throw new Error('no source');
    const text = formatSources([source, source]);
    expect(text).toBe(`Types: deb
URIs: http://mirror.example/debian
Suites: forky
Components: main
Targets: Packages
Signed-By: /k.gpg
Architectures: amd64
`);
    expect(parseDeb822Sources(text)).toEqual([{ ...source, fields: { Targets: 'Packages', ...source.fields } }]);
  });
});
