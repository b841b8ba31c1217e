/** No expression leaves the generator unparsed: each must parse, and name only metrics and labels of the model. */
import { TelltaleError } from '../errors.ts';
import { metricsOf } from '../model/sources.ts';
import { checkExpression, knownSeries, type KnownSeriesByName } from '../promql/catalog-check.ts';
import type { Pack } from './pack.ts';

interface Named {
  readonly what: string;
  readonly expression: string;
}

/** @throws TELLTALE_PROMQL with everything that is wrong in the expressions of rules and panels */
export function checkExpressions(pack: Pack): void {
  const known = knownSeries(metricsOf(pack.model), pack.rules);
  const problems = [...ruleExpressions(pack), ...panelExpressions(pack)].flatMap((named) => problemsOf(named, known));
  if (problems.length === 0) return;
  throw new TelltaleError('TELLTALE_PROMQL', problems.join('\n'), {
    fix: 'name metrics and labels of the catalog, or declare the metric under `business`',
  });
}

function problemsOf({ what, expression }: Named, known: KnownSeriesByName): string[] {
  return checkExpression(expression, known).map(
    (problem) => `Cannot emit ${what} as its expression ${problem}: ${expression}`,
  );
}

function ruleExpressions({ alerts, records, rules }: Pack): Named[] {
  return [
    ...alerts.map(({ alert, expression }) => ({ what: `alert "${alert.name}"`, expression })),
    ...records.map(({ record, expression }) => ({
      what: `record "${record.name}"`,
      expression: expression.render(rules),
    })),
  ];
}

function panelExpressions({ dashboards, panels }: Pack): Named[] {
  return dashboards.flatMap(({ dashboard, rows }) =>
    rows.flatMap((row) =>
      row.panels.flatMap(({ panel }) =>
        panel.targets.map((target) => ({
          what: `panel "${panel.key}" of ${dashboard.uid}`,
          expression: target.expression.render(panels),
        })),
      ),
    ),
  );
}
