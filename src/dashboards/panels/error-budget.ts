/** Service level objectives: how much of the error budget is left, and how fast it burns. */
import { recordedCatalog } from '../../catalog/recorded.ts';
import type { BurnWindow, RecordedWindow } from '../../objectives/burn-windows.ts';
import { errorRatioRecords } from '../../objectives/error-ratio-records.ts';
import { humanDuration } from '../../objectives/in-words.ts';
import { budgetDays } from '../../objectives/slos.ts';
import { type Expression, labels, promql } from '../../promql/expression.ts';
import { complement } from '../../promql/functions.ts';
import { gauge } from '../../promql/selector.ts';
import type { Model } from '../../model/model.ts';
import type { BarGaugePanel, Row, TimeseriesPanel } from '../panel.ts';
import { perService, recorded, serviceLegend } from './expressions.ts';
import { bars, graph } from './shapes.ts';
import { fallsBelow, risesInto } from './thresholds.ts';

type PerSlo = (typeof perSlo)[number];
const perSlo = [...perService, 'slo'] as const;
const sloLegend = `${serviceLegend} {{slo}}`;

/** How many times faster than sustainable the budget was spent, over a window. */
function burnRate(window: RecordedWindow): Expression<PerSlo> {
  const allowed = complement(gauge(recordedCatalog.sloObjective));
  return { ...promql`${gauge(errorRatioRecords[window])} / on (${labels(perSlo)}) ${allowed}`, labels: perSlo };
}

/** Share of the budget (0-1) that is left; below 0 the objective is broken. */
export const budgetLeft: Expression<PerSlo> = complement(burnRate(`${budgetDays}d`));

export function objectivesRow(model: Model): Row {
  return {
    title: `Are the objectives kept? (${budgetDays} days)`,
    panels: [budgetLeftPanel(), burnPanel(model, 'fast'), burnPanel(model, 'slow')],
  };
}

function budgetLeftPanel(): BarGaugePanel {
  return bars({
    key: 'error-budget-left',
    width: 6,
    title: 'Error budget left',
    description: `Share of the error budget of ${budgetDays} days that is left, by objective. Good: above 0 with the days to spare; at 0 stop risky releases.`,
    unit: 'ratio',
    targets: [recorded({ expression: budgetLeft, legend: sloLegend })],
    thresholds: fallsBelow([0, 'green']),
    min: 0,
    max: 1,
    alerts: ['ErrorBudgetBurnFast', 'ErrorBudgetBurnSlow'],
    noValue: 'No objective has been recorded yet: it needs traffic and the recording rules',
  });
}

function burnPanel({ burnWindows }: Model, speed: BurnWindow['speed']): TimeseriesPanel {
  const windows = burnWindows.filter((window) => window.speed === speed);
  const limits = windows.map(({ long, factor }) => `${factor} over ${humanDuration(long)}`).join(', ');
  const colors = ['orange', 'red'] as const;
  const factors = windows.map(({ factor }) => factor).sort((a, b) => a - b);
  return graph({
    key: speed === 'fast' ? 'burn-rate' : 'burn-rate-slow',
    width: 9,
    title: speed === 'fast' ? 'Burn rate, fast' : 'Burn rate, slow',
    description: `How many times faster than sustainable the error budget is spent, over windows. Good: below 1, where the budget lasts ${budgetDays} days; the alert fires above ${limits}.`,
    unit: 'count',
    targets: windows.map(({ long }) =>
      recorded({ expression: burnRate(long), legend: `${sloLegend} ${humanDuration(long)}` }),
    ),
    thresholds: risesInto(...factors.map((factor, index) => [factor, colors[index] ?? 'red'] as const)),
    min: 0,
    legendCalcs: ['lastNotNull'],
    alerts: [speed === 'fast' ? 'ErrorBudgetBurnFast' : 'ErrorBudgetBurnSlow'],
    related: [{ dashboard: 'telltale-errors', panel: 'failing-endpoints' }],
    noValue: 'No objective has been recorded yet: it needs traffic and the recording rules',
  });
}
