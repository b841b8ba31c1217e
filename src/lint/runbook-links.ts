/** Links between pages lead somewhere, in both directions. */
import { posix } from 'node:path';
import { anchorsOf, linksOf } from './runbook-markdown.ts';
import { perPage, type RunbookInput, type RunbookProblem } from './runbook-problem.ts';

export function checkLinks({ pack, files }: RunbookInput): readonly RunbookProblem[] {
  const anchors = new Map([...files].map(([page, text]) => [page, anchorsOf(text)]));
  const broken = perPage(files, (text, page) =>
    linksOf(text)
      .filter((link) => !/^[a-z]+:/.test(link))
      .flatMap((link) => {
        const [target, anchor] = resolve(page, link);
        const known = anchors.get(target);
        if (known === undefined) return [`links to "${link}", which does not exist`];
        return anchor === undefined || known.has(anchor) ? [] : [`links to "${link}", where no such heading is`];
      }),
  );
  return [...broken, ...oneWay({ pack, files })];
}

/** An alert that leads to a runbook is named there; and the index names every page. */
function oneWay({ pack, files }: RunbookInput): RunbookProblem[] {
  const targets = new Map(
    [...files].map(([page, text]) => [page, linksOf(text).map((link) => resolve(page, link)[0])]),
  );
  const links = (from: string, to: string): boolean => targets.get(from)?.includes(to) ?? false;
  const fromRunbooks = pack.alerts.flatMap(({ page, pagePath }) =>
    page.runbooks
      .map((id) => `runbooks/${id}.md`)
      .flatMap((runbook) => [
        ...(links(pagePath, runbook) ? [] : [{ page: pagePath, problem: `does not link to "${runbook}"` }]),
        ...(links(runbook, pagePath) ? [] : [{ page: runbook, problem: `does not link back to "${pagePath}"` }]),
      ]),
  );
  const index = 'runbooks/README.md';
  const unlisted = [...files.keys()].filter((page) => page !== index && !links(index, page));
  return [...fromRunbooks, ...unlisted.map((page) => ({ page: index, problem: `does not list "${page}"` }))];
}

function resolve(page: string, link: string): [string, string | undefined] {
  const [path = '', anchor] = link.split('#');
  return [path === '' ? page : posix.join(posix.dirname(page), path), anchor];
}
