/** Reads apt's two source formats and writes the same archives again under another suite's name. */

/** One archive a machine reads packages from. */
export interface AptSource {
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** Everything else said about it (`Signed-By`, `Architectures`, ...), under the deb822 field names. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Options of the one-line format whose deb822 field has another name. */
const fieldOfOption: Readonly<Record<string, string>> = {
  arch: 'Architectures',
  lang: 'Languages',
  target: 'Targets',
  'signed-by': 'Signed-By',
};

/** Options whose value is a list, separated by commas in one format and by blanks in the other. */
const listFields: ReadonlySet<string> = new Set(['Architectures', 'Languages', 'Targets']);

const ownFields: ReadonlySet<string> = new Set(['types', 'uris', 'suites', 'components', 'enabled']);

/** Reads a `sources.list`: one line per archive, `deb [ option=value ] uri suite component ...`. */
export function parseOneLineSources(text: string): readonly AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)/.exec(line);
    if (match === null) return [];
    const [, options = '', uri = '', suite = '', components = ''] = match;
    return [{ uris: [uri], suites: [suite], components: words(components), fields: optionFields(options) }];
  });
}

/** Reads a deb822 `*.sources`: paragraphs of `Field: value`, continued on lines that begin with a blank. */
export function parseDeb822Sources(text: string): readonly AptSource[] {
  const withoutComments = text.replace(/^#.*\n?/gm, '');
  return withoutComments.split(/\n\s*\n/).flatMap((paragraph) => {
    const fields = readFields(paragraph);
    const isOff = /^(no|false|off|0|disable|without)$/i.test(fields.get('enabled')?.value ?? 'yes');
    if (isOff || !words(fields.get('types')?.value ?? '').includes('deb')) return [];
    const rest = [...fields].filter(([key]) => !ownFields.has(key)).map(([, { name, value }]) => [name, value]);
    return [
      {
        uris: words(fields.get('uris')?.value ?? ''),
        suites: words(fields.get('suites')?.value ?? ''),
        components: words(fields.get('components')?.value ?? ''),
        fields: Object.fromEntries(rest) as Record<string, string>,
      },
    ];
  });
}

/**
 * The sources that carry the machine's own suite, under another suite's name. Sources of other suites (updates,
 * security, other vendors' repositories) are left out.
 */
export function swapSuite(sources: readonly AptSource[], ownSuites: readonly string[], suite: string): AptSource[] {
  return sources
    .filter((source) => source.suites.some((name) => ownSuites.includes(name)))
    .filter((source) => source.components.includes('main'))
    .map((source) => ({ ...source, suites: [suite] }));
}

/** Writes sources in the deb822 format, each once; apt needs only the list of packages of each. */
export function formatSources(sources: readonly AptSource[]): string {
  const paragraphs = sources.map((source) => {
    const fields = { Targets: 'Packages', ...source.fields };
    return [
      'Types: deb',
      `URIs: ${source.uris.join(' ')}`,
      `Suites: ${source.suites.join(' ')}`,
      `Components: ${source.components.join(' ')}`,
      ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
    ].join('\n');
  });
  return [...new Set(paragraphs)].map((paragraph) => `${paragraph}\n`).join('\n');
}

function optionFields(options: string): Record<string, string> {
  const fields = [...options.matchAll(/([\w-]+?)([+-]?)=(\S+)/g)].map(([, option = '', sign = '', value = '']) => {
    const name = fieldOfOption[option.toLowerCase()] ?? capitalise(option);
    const suffix = { '+': '-Add', '-': '-Remove' }[sign] ?? '';
    return [name + suffix, listFields.has(name) ? value.replaceAll(',', ' ') : value];
  });
  return Object.fromEntries(fields) as Record<string, string>;
}

function readFields(paragraph: string): Map<string, { name: string; value: string }> {
  const fields = new Map<string, { name: string; value: string }>();
  for (const [, name = '', value = ''] of paragraph.matchAll(/^([\w-]+):[ \t]*(.*(?:\n[ \t].*)*)/gm)) {
    fields.set(name.toLowerCase(), { name, value: value.trimEnd() });
  }
  return fields;
}

function capitalise(option: string): string {
  return option.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
