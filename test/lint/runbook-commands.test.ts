import { describe, expect, it } from 'vitest';
import { allCommands } from '../../src/cli/all-commands.ts';
import { toModel } from '../../src/config/to-model.ts';
import { runbookFiles } from '../../src/emit/runbook-files.ts';
import { checkRunbooks } from '../../src/lint/runbook-checks.ts';
import { checkCommands } from '../../src/lint/runbook-commands.ts';
import { telltaleCommands } from '../../src/runbooks/terminal/telltale-commands.ts';
import { joinPack } from '../../src/stack/join-pack.ts';

const pack = joinPack(toModel({}));
const tracing = joinPack(toModel({ exporters: { tracing: true } }));
const page = 'runbooks/monitoring.md';

function problemsOf(text: string, of = pack): readonly string[] {
  return checkCommands({ pack: of, files: new Map([[page, text]]) }).map(({ problem }) => problem);
}

describe('telltaleCommands', () => {
  it('are those of the command line', () => {
    expect([...telltaleCommands].sort()).toEqual(allCommands.map(({ name }) => name).sort());
  });
});

describe('checkCommands()', () => {
  it.each([
    '```sh\nnpx telltale doctor --send-test\n```',
    '```sh\nnpx telltale check && npx telltale doctor\n```',
    '```sh\ntelltale doctor\n```',
    'Run `telltale doctor`.',
    'Run "telltale doctor".',
  ])('finds a command that does not exist in %j', (text) => {
    expect(problemsOf(text)).toEqual([
      'runs "telltale doctor", which does not exist: commands are generate, check, secrets, backup, preview',
    ]);
  });

  it('takes commands that exist, and words that follow the name in a sentence', () => {
    expect(problemsOf('Run `npx telltale secrets`. The changelog of telltale says why.')).toEqual([]);
  });

  it.each(['echo "$JAEGER_URL/search"', 'http://localhost:16686'])('finds %s only where nothing traces', (text) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(/^names Jaeger \("(JAEGER_URL|:16686)"\), though/)]);
    expect(problemsOf(text, tracing)).toEqual([]);
  });
});

describe('runbooks', () => {
  it('do not mention Jaeger where nothing traces', () => {
    const mentions = [...runbookFiles(pack)].filter(([, text]) => /jaeger|16686/i.test(text)).map(([path]) => path);
    expect(mentions).toEqual([]);
  });

  it('lead to traces where something traces, and pass every check', () => {
    const files = runbookFiles(tracing);
    expect(files.get('runbooks/alerts/HighErrorRate.md')).toContain('Open the traces of failed requests');
    expect(files.get('runbooks/troubleshooting.md')).toContain('JAEGER_URL=http://localhost:16686');
    expect(checkRunbooks({ pack: tracing, files })).toEqual([]);
  });
});
