/** Tables: targets joined on their labels, then only the columns that are named, in their order, with their own units. */
import type { DataTransformerConfig, DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { Mappings, TableColumn, TablePanel, Thresholds, ThresholdStep } from '../dashboards/panel.ts';
import { type RenderContext, renderLabel } from '../promql/render-context.ts';
import { thresholdProperties, valueMappings } from './dashboard-field-config.ts';
import { cellUrl } from './dashboard-links.ts';
import { grafanaUnits } from './dashboard-units.ts';

/** In cells; the panel's own text is a sentence, and would fill a table. */
const emptyCell = '-';

/** Pixels of a column of numbers: as wide as a number with its unit, or as its title with the arrow of sorting. */
const narrowest = 90;
const narrowestRate = 115;
const perLetter = 7;
const beside = 32;

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

function propertiesOf(column: TableColumn): DynamicConfigValue[] {
  const { from, unit, decimals, thresholds, mappings, link } = column;
  const colored = thresholds !== undefined || mappings !== undefined;
  const width = widthOf(column);
  return [
    ...(isValue(from) ? [{ id: 'noValue', value: emptyCell }] : []),
    ...unitProperty(from, unit),
    ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
    ...(thresholds === undefined ? [] : thresholdProperties(calm(thresholds))),
    ...(mappings === undefined ? [] : [{ id: 'mappings', value: valueMappings(calmMappings(mappings)) }]),
    ...(colored ? [{ id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } }] : []),
    ...(width === undefined ? [] : [{ id: 'custom.width', value: width }]),
    ...(link === undefined ? [] : [{ id: 'links', value: [{ title: link.title, url: cellUrl(link) }] }]),
  ];
}

/** A number in a label is a name: a status, the id of a query. */
function unitProperty(from: string, unit: TableColumn['unit']): DynamicConfigValue[] {
  if (!isValue(from)) return [{ id: 'unit', value: 'string' }];
  return unit === undefined ? [] : [{ id: 'unit', value: grafanaUnits[unit] }];
}

function widthOf({ from, title, unit, width }: TableColumn): number | undefined {
  if (width !== undefined || !isValue(from)) return width;
  const least = unit?.endsWith('per_second') === true ? narrowestRate : narrowest;
  return Math.max(least, title.length * perLetter + beside);
}

/** A cell that is as it should be has no colour: what is coloured is to be looked at. */
function calm({ base, steps, ...thresholds }: Thresholds): Thresholds {
  return {
    ...thresholds,
    base: calmColor(base),
    steps: steps.map((step) => ({ ...step, color: calmColor(step.color) })),
  };
}

function calmMappings(mappings: Mappings): Mappings {
  return Object.fromEntries(
    Object.entries(mappings).map(([value, { text, color }]) => [value, { text, color: calmColor(color) }]),
  );
}

function calmColor(color: ThresholdStep['color']): ThresholdStep['color'] {
  return color === 'green' ? 'transparent' : color;
}

function isValue(from: string): boolean {
  return from.startsWith('value:');
}
