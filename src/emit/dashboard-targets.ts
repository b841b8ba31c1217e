/** Queries of panels: letters, legends, and whether they ask for a range or for now. */
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import type { MetricEntry } from '../catalog/metric.ts';
import type { Panel, Target } from '../dashboards/panel.ts';
import { TelltaleError } from '../errors.ts';
import { type RenderContext, renderLabel } from '../promql/render-context.ts';
import { dataSource } from './dashboard-source.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** `A` for the first target. */
export function refIdOf(index: number): string {
  const letter = letters[index];
  if (letter !== undefined) return letter;
  throw new TelltaleError('TELLTALE_PROMQL', `Cannot emit target ${index + 1} as a panel has at most 26 targets`, {
    fix: 'split the panel',
  });
}

/** Only graphs look at a range: everything else shows what is true at its end. */
export function isInstant(panel: Panel): boolean {
  return panel.type !== 'timeseries';
}

/** A legend with the labels as Prometheus calls them here. */
export function renderLegend(legend: string, metrics: readonly MetricEntry[], context: RenderContext): string {
  return legend.replace(/\{\{(\w+)\}\}/g, (_match, label: string) => `{{${renderLabel(label, metrics, context)}}}`);
}

export function targetBuilders(panel: Panel, context: RenderContext): DataqueryBuilder[] {
  return panel.targets.map((target, index) => targetBuilder(panel, target, { refId: refIdOf(index), context }));
}

interface Placed {
  readonly refId: string;
  readonly context: RenderContext;
}

function targetBuilder(panel: Panel, target: Target, { refId, context }: Placed): DataqueryBuilder {
  const { expression, legend, exemplar } = target;
  const builder = new DataqueryBuilder()
    .refId(refId)
    .datasource(dataSource)
    .expr(expression.render(context))
    .format(panel.type === 'table' ? PromQueryFormat.Table : PromQueryFormat.TimeSeries);
  if (legend !== '') builder.legendFormat(renderLegend(legend, expression.metrics, context));
  if (exemplar === true) builder.exemplar(true);
  return isInstant(panel) ? builder.instant() : builder.range();
}
