import { describe, expect, it } from 'vitest';
import { toModel } from '../../src/config/to-model.ts';
import { runbookFiles } from '../../src/emit/runbook-files.ts';
import { checkRunbooks } from '../../src/lint/runbook-checks.ts';
import { promql } from '../../src/promql/expression.ts';
import type { AlertPage, Step } from '../../src/runbooks/runbook.ts';
import { sh } from '../../src/runbooks/shell.ts';
import { joinPack } from '../../src/stack/join-pack.ts';
import type { Pack } from '../../src/stack/pack.ts';

const pack = joinPack(toModel({}));
const page = 'runbooks/alerts/ServiceDown.md';
const frame = { title: 'Try it', expected: 'It works.', ifNot: 'It does not.', minutes: 1 } as const;

/** Problems after a change of the files. */
function afterEdit(edit: (files: Map<string, string>) => void): readonly string[] {
  const files = new Map(runbookFiles(pack));
  edit(files);
  return checkRunbooks({ pack, files }).map((problem) => `${problem.page}: ${problem.problem}`);
}

function replaced(from: string | RegExp, to: string): readonly string[] {
  return afterEdit((files) => files.set(page, (files.get(page) ?? '').replace(from, to)));
}

/** Problems after a change of the page of ServiceDown. */
function withPage(change: (content: AlertPage) => AlertPage): readonly string[] {
  const alerts = pack.alerts.map((joined) =>
    joined.alert.name === 'ServiceDown' ? { ...joined, page: change(joined.page) } : joined,
  );
  const changed: Pack = { ...pack, alerts };
  return checkRunbooks({ pack: changed, files: runbookFiles(changed) }).map(
    (problem) => `${problem.page}: ${problem.problem}`,
  );
}

function withStep(step: Step): readonly string[] {
  return withPage((content) => ({ ...content, isItReal: [...content.isItReal, step] }));
}

describe('checkRunbooks()', () => {
  it('finds nothing in what we emit', () => {
    expect(afterEdit(() => {})).toEqual([]);
  });

  it('finds a page that is missing', () => {
    expect(afterEdit((files) => files.delete(page))).toContain(
      `${page}: is not there, though an alert or runbook has it`,
    );
  });

  it('finds a page without an alert', () => {
    expect(afterEdit((files) => files.set('runbooks/alerts/Nothing.md', '# Nothing\n\nText.\n'))).toEqual([
      'runbooks/alerts/Nothing.md: belongs to no alert',
      'runbooks/README.md: does not list "runbooks/alerts/Nothing.md"',
    ]);
  });

  it('finds a title that is not the alert', () => {
    expect(replaced('# ServiceDown', '# Service down')).toContain(
      `${page}: is titled "Service down", not as its alert`,
    );
  });

  it('finds a link to nowhere, and to a heading that is not there', () => {
    expect(replaced('(../rollback.md)', '(../rollbak.md)')).toContain(
      `${page}: links to "../rollbak.md", which does not exist`,
    );
    expect(replaced('#mitigation)', '#cure)')).toContain(`${page}: links to "#cure", where no such heading is`);
  });

  it('finds a runbook that does not link back', () => {
    const link = /\[ServiceDown\]\([^)]*\)/g;
    const problems = afterEdit((files) =>
      files.set('runbooks/rollback.md', (files.get('runbooks/rollback.md') ?? '').replace(link, 'it')),
    );
    expect(problems).toContain(`runbooks/rollback.md: does not link back to "${page}"`);
  });

  it.each(['TODO', 'TBD', 'FIXME', 'lorem ipsum', '<your-team>', 'undefined'])('finds the placeholder %s', (word) => {
    expect(replaced('## Impact\n', `## Impact\n\n${word}\n`)).toEqual([`${page}: holds the placeholder "${word}"`]);
  });

  it('finds an empty section, and a heading that is there twice', () => {
    expect(replaced('## Impact\n', '## Impact\n\n## More\n')).toEqual([
      `${page}: has nothing below the heading "Impact"`,
    ]);
    expect(replaced('## Impact\n', '## Tuning\n')).toContain(`${page}: has the heading "Tuning" twice`);
  });

  it('finds a query that does not parse, and one for an unknown metric', () => {
    expect(withStep({ ...frame, language: 'promql', run: promql`sum by (route (up)` })).toEqual([
      `${page}: has the query "sum by (route (up)", which does not parse near "sum by (route (up)"`,
    ]);
    expect(
      withStep({ ...frame, language: 'sh', run: sh`promtool query instant ${promql`http_requests_total`}` }),
    ).toEqual([
      `${page}: has the query "http_requests_total", which selects "http_requests_total", which is not in the catalog`,
    ]);
  });

  it.each([
    ['curl http://localhost:1234/metrics', 'names port 1234, on which nothing of the stack listens'],
    ['cat /etc/passwd', 'names the path "/etc/passwd", which is none of the stack\'s'],
    ['curl "$PROMETHEUS_URL/-/reload"', 'asks for "/-/reload", which nothing of the stack answers'],
    [
      'docker compose -f docker-compose.monitoring.yml logs --since 15m prometeus',
      'names the container "prometeus", which the stack does not run',
    ],
    ['docker compose -f compose.yml exec -T prometheus ls', 'uses the compose file "compose.yml"'],
  ])('finds in the command "%s" that it %s', (command, problem) => {
    expect(withStep({ ...frame, language: 'sh', run: { parts: [command] } })).toEqual([
      `${page}: ${problem}, in the step "Try it"`,
    ]);
  });

  it('finds a step without an answer', () => {
    expect(withStep({ ...frame, language: 'none', ifNot: '' })).toContain(
      `${page}: has the step "Try it" without what to expect, what to do otherwise, or a time`,
    );
  });

  it('finds a mitigation that can be undone behind one that loses data', () => {
    const problems = withPage((content) => ({
      ...content,
      mitigation: [...content.mitigation, { ...frame, language: 'none' }],
    }));
    expect(problems).toEqual([`${page}: offers "Try it" after a step that loses data`]);
  });
});
