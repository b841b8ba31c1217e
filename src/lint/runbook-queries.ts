/** Every query of a page parses, and asks for metrics that the model has. */
import { metricsOf } from '../model/sources.ts';
import { checkExpression, knownSeries } from '../promql/catalog-check.ts';
import { queriesOf, stepsOfAlertPage, stepsOfRunbook } from '../runbooks/steps-of.ts';
import type { Step } from '../runbooks/runbook.ts';
import type { Pack } from '../stack/pack.ts';
import { fencesOf } from './runbook-markdown.ts';
import { perPage, type RunbookInput, type RunbookProblem } from './runbook-problem.ts';

export function checkQueries({ pack, files }: RunbookInput): readonly RunbookProblem[] {
  const known = knownSeries(metricsOf(pack.model), pack.rules);
  const problemsOf = (query: string): string[] =>
    checkExpression(query, known).map((problem) => `has the query "${query}", which ${problem}`);
  const printed = perPage(files, (text) =>
    fencesOf(text)
      .filter(({ language }) => language === 'promql')
      .flatMap(({ code }) => problemsOf(code)),
  );
  const inCommands = stepsByPage(pack).flatMap(({ page, steps }) =>
    steps
      .filter(({ language }) => language === 'sh')
      .flatMap(queriesOf)
      .flatMap((query) => problemsOf(query.render(pack.rules)))
      .map((problem) => ({ page, problem })),
  );
  return [...printed, ...inCommands];
}

/** The steps of every page. */
export function stepsByPage({ runbooks, alerts }: Pack): { readonly page: string; readonly steps: readonly Step[] }[] {
  return [
    ...runbooks.map((runbook) => ({ page: `runbooks/${runbook.id}.md`, steps: stepsOfRunbook(runbook) })),
    ...alerts.map(({ page, pagePath }) => ({ page: pagePath, steps: stepsOfAlertPage(page) })),
  ];
}
