/** Names of series: legends and columns use labels that the query returns, and a panel has no more series than are read. */
import { identityLabels, targetLabels } from '../catalog/exposers.ts';
import type { LabelSpec } from '../catalog/labels.ts';
import type { MetricEntry } from '../catalog/metric.ts';
import type { TablePanel, Target } from '../dashboards/panel.ts';
import { refIdOf, renderLegend } from '../emit/dashboard-targets.ts';
import { outputLabels } from '../promql/output-labels.ts';
import { renderLabel } from '../promql/render-context.ts';
import { eachJoinedPanel } from './dashboard-each.ts';
import type { DashboardRule, LintSubject } from './dashboard-problem.ts';

/** Per service and instance, which the variables narrow down. */
const mostLines = 120;
const mostRows = 200;

export const legendRules: readonly DashboardRule[] = [
  eachJoinedPanel('legend-rule', ({ panel }, subject) =>
    panel.type === 'table' ? [] : panel.targets.flatMap((target) => wrongLegend(target, subject)),
  ),
  eachJoinedPanel('table-column-rule', ({ panel }, subject) =>
    panel.type === 'table' ? wrongColumns(panel, subject) : [],
  ),
  eachJoinedPanel('bounded-series-rule', ({ panel }, subject) => {
    const most = panel.type === 'table' ? mostRows : mostLines;
    return panel.targets.flatMap((target, index) => {
      const series = seriesOf(target, subject);
      return series > most ? [`target ${refIdOf(index)} may return ${series} series per service: at most ${most}`] : [];
    });
  }),
];

function wrongLegend(target: Target, subject: LintSubject): string[] {
  const { expression, legend } = target;
  const returned = labelsOf(target, subject);
  const text = renderLegend(legend, expression.metrics, subject.pack.panels);
  const used = [...text.matchAll(/\{\{([^}]*)\}\}/g)].map(([, label = '']) => label);
  return [
    ...(legend === '' ? ['has a series without a name'] : []),
    ...used
      .filter((label) => !returned.includes(label))
      .map((label) => `names series by "${label}", which the query does not return`),
  ];
}

/** Rows that differ in a label without a column look alike. */
function wrongColumns(panel: TablePanel, subject: LintSubject): string[] {
  const metrics = panel.targets.flatMap(({ expression }) => expression.metrics);
  const refIds = panel.targets.map((_target, index) => `value:${refIdOf(index)}`);
  const columns = panel.columns.map(({ from }) => from);
  const labels = columns
    .filter((from) => !from.startsWith('value:'))
    .map((from) => renderLabel(from, metrics, subject.pack.panels));
  const [base] = panel.targets;
  const returned = base === undefined ? [] : labelsOf(base, subject);
  return [
    ...labels
      .filter((label) => !returned.includes(label))
      .map((label) => `has a column "${label}" that is never filled`),
    ...returned.filter((label) => !labels.includes(label)).map((label) => `has rows that differ in "${label}" alone`),
    ...refIds.filter((refId) => !columns.includes(refId)).map((refId) => `asks for "${refId}" and does not show it`),
    ...columns
      .filter((from) => from.startsWith('value:') && !refIds.includes(from))
      .map((from) => `shows "${from}" and does not ask for it`),
    ...(panel.sortBy === undefined || panel.columns.some(({ title }) => title === panel.sortBy)
      ? []
      : [`sorts by "${panel.sortBy}", which is not a column`]),
  ];
}

function labelsOf({ expression }: Target, { pack, known }: LintSubject): string[] {
  return outputLabels(expression.render(pack.panels), (metric) => known.get(metric)?.labels ?? []);
}

/** The most series, by the declared bounds of the labels that are returned. */
function seriesOf(target: Target, subject: LintSubject): number {
  const { expression } = target;
  const text = expression.render(subject.pack.panels);
  const [, kept] = /^topk\((\d+), /.exec(text) ?? / and topk\((\d+), /.exec(text) ?? [];
  const specs = labelsOf(target, subject).flatMap((label) => boundOf(label, expression.metrics, subject));
  const product = specs.reduce((series, spec) => series * sizeOf(spec), 1);
  return kept === undefined ? product : Math.min(Number(kept), product);
}

/** Labels of targets count once. */
function boundOf(label: string, metrics: readonly MetricEntry[], { pack }: LintSubject): LabelSpec[] {
  const own = metrics.flatMap((metric) =>
    Object.entries(metric.labels).map(([name, spec]) => ({ metric, name, spec })),
  );
  const found = own.find(({ metric, name }) => renderLabel(name, [metric], pack.panels) === label);
  const ofTarget: readonly string[] = [...targetLabels, ...identityLabels];
  return found === undefined || ofTarget.includes(found.name) ? [] : [found.spec];
}

function sizeOf(spec: LabelSpec): number {
  return 'cap' in spec ? spec.cap : spec.values.length;
}
