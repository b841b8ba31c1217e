/** Dashboards without what has no source in the model: no target, panel or row is dead. */
import type { Dashboard, Panel, Row, TableColumn, TablePanel } from '../dashboards/panel.ts';
import type { Model } from '../model/model.ts';
import { answerable } from '../model/sources.ts';

/** The dashboards as far as the model can answer them; one without a row is left out. */
export function sourcedDashboards(dashboards: readonly Dashboard[], model: Model): readonly Dashboard[] {
  return dashboards
    .map((dashboard) => ({
      ...dashboard,
      ...(dashboard.variables === undefined
        ? {}
        : { variables: dashboard.variables.filter(({ series }) => answerable(model, series.metrics)) }),
      rows: dashboard.rows.map((row) => sourcedRow(row, model)).filter(({ panels }) => panels.length > 0),
    }))
    .filter(({ rows }) => rows.length > 0);
}

function sourcedRow(row: Row, model: Model): Row {
  return { ...row, panels: row.panels.flatMap((panel) => sourcedPanel(panel, model)) };
}

function sourcedPanel(panel: Panel, model: Model): readonly Panel[] {
  const kept = panel.targets.flatMap(({ expression }, index) => (answerable(model, expression.metrics) ? [index] : []));
  if (kept.length === panel.targets.length) return [panel];
  if (kept.length === 0) return [];
  const targets = panel.targets.filter((_, index) => kept.includes(index));
  return [panel.type === 'table' ? { ...panel, targets, ...columnsOf(panel, kept) } : { ...panel, targets }];
}

/** Targets are lettered by position: columns follow their target to its new letter, or go with it. */
function columnsOf(panel: TablePanel, kept: readonly number[]): Pick<TablePanel, 'columns'> {
  const columns = panel.columns.flatMap((column): readonly TableColumn[] => {
    const [, letter] = /^value:([A-Z])$/.exec(column.from) ?? [];
    if (letter === undefined) return [column];
    const place = kept.indexOf(letter.charCodeAt(0) - 'A'.charCodeAt(0));
    return place < 0 ? [] : [{ ...column, from: `value:${String.fromCharCode('A'.charCodeAt(0) + place)}` }];
  });
  return { columns };
}
