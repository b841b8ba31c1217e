/** Tables: targets joined on their labels, then only the columns that are named, in their order, with their own units. */
import type { DataTransformerConfig, DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { TableColumn, TablePanel } from '../dashboards/panel.ts';
import { type RenderContext, renderLabel } from '../promql/render-context.ts';
import { thresholdProperties, valueMappings } from './dashboard-field-config.ts';
import { cellUrl } from './dashboard-links.ts';
import { grafanaUnits } from './dashboard-units.ts';

/** In cells; the panel's own text is a sentence, and would fill a table. */
const emptyCell = '-';

export function tableBuilder(panel: TablePanel, context: RenderContext): PanelBuilder {
  const builder = new PanelBuilder().showHeader(true).filterable(false);
  if (panel.sortBy !== undefined) {
    builder.sortBy([new TableSortByFieldStateBuilder().displayName(panel.sortBy).desc(true)]);
  }
  for (const transformation of transformations(panel, context)) builder.withTransformation(transformation);
  for (const column of panel.columns) {
    const properties = propertiesOf(column);
    if (properties.length > 0) builder.overrideByName(column.title, properties);
  }
  return builder;
}

function transformations(panel: TablePanel, context: RenderContext): DataTransformerConfig[] {
  const fields = panel.columns.flatMap(({ from, title }) =>
    fieldsOf(from, panel, context).map((name) => ({ name, title })),
  );
  const names = fields.map(({ name }) => name);
  return [
    ...(panel.targets.length > 1 ? [{ id: 'merge', options: {} }] : []),
    { id: 'filterFieldsByName', options: { include: { names } } },
    {
      id: 'organize',
      options: {
        excludeByName: {},
        indexByName: Object.fromEntries(names.map((name, index) => [name, index])),
        renameByName: Object.fromEntries(fields.map(({ name, title }) => [name, title])),
      },
    },
  ];
}

/**
 * What Grafana calls the field of a column. A value is "Value #A", but just "Value" where no other target returned
 * anything: the first target is the base of the table, so that it is this one.
 */
function fieldsOf(from: string, panel: TablePanel, context: RenderContext): string[] {
  const [, refId] = /^value:(.+)$/.exec(from) ?? [];
  if (refId === undefined) {
    const metrics = panel.targets.flatMap(({ expression }) => expression.metrics);
    return [renderLabel(from, metrics, context)];
  }
  if (panel.targets.length === 1) return ['Value'];
  return refId === 'A' ? ['Value #A', 'Value'] : [`Value #${refId}`];
}

function propertiesOf({ from, unit, thresholds, mappings, width, link }: TableColumn): DynamicConfigValue[] {
  const colored = thresholds !== undefined || mappings !== undefined;
  return [
    ...(from.startsWith('value:') ? [{ id: 'noValue', value: emptyCell }] : []),
    ...(unit === undefined ? [] : [{ id: 'unit', value: grafanaUnits[unit] }]),
    ...(thresholds === undefined ? [] : thresholdProperties(thresholds)),
    ...(mappings === undefined ? [] : [{ id: 'mappings', value: valueMappings(mappings) }]),
    ...(colored ? [{ id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } }] : []),
    ...(width === undefined ? [] : [{ id: 'custom.width', value: width }]),
    ...(link === undefined ? [] : [{ id: 'links', value: [{ title: link.title, url: cellUrl(link) }] }]),
  ];
}
