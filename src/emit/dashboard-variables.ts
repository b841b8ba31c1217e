/** Variables that every dashboard has, each narrowed by the ones before it, and those of its own. */
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { scrapedCatalog } from '../catalog/scraped.ts';
import type { DashboardVariable } from '../dashboards/panel.ts';
import { type RenderContext, renderLabel } from '../promql/render-context.ts';
import { dataSource } from './dashboard-source.ts';

/** Narrowing from left to right. The names are those that selectors of panels match. */
const targetVariables = [
  { name: 'environment', label: 'Environment' },
  { name: 'service', label: 'Service' },
  { name: 'job', label: 'Job' },
  { name: 'instance', label: 'Instance' },
] as const;

/** Names of the variables that every dashboard has, in their order. */
export const variableNames: readonly string[] = ['datasource', ...targetVariables.map(({ name }) => name)];

export interface VariableQuery {
  readonly name: string;
  readonly label: string;
  /** The label that the values are of, as Prometheus calls it. */
  readonly ofLabel: string;
  /** The series that are looked at. */
  readonly series: string;
}

/** What the query variables of a dashboard ask for. */
export function variableQueries(own: readonly DashboardVariable[], context: RenderContext): readonly VariableQuery[] {
  return [
    ...targetVariables.map(({ name, label }, index) => ({
      name,
      label,
      ofLabel: renderLabel(name, [scrapedCatalog.up], context),
      series: `${scrapedCatalog.up.name}${narrowedBy(targetVariables.slice(0, index), context)}`,
    })),
    ...own.map(({ name, label, ofLabel, series }) => ({
      name,
      label,
      ofLabel: renderLabel(ofLabel, series.metrics, context),
      series: series.render(context),
    })),
  ];
}

export function dataSourceVariable(): DatasourceVariableBuilder {
  return new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus');
}

export function queryVariable({ name, label, ofLabel, series }: VariableQuery): QueryVariableBuilder {
  const query = `label_values(${series}, ${ofLabel})`;
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(dataSource)
    .query({ query, refId: `Variable-${name}` })
    .definition(query)
    .current({ selected: true, text: ['All'], value: ['$__all'] })
    .multi(true)
    .includeAll(true)
    .allValue('.+')
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
}

function narrowedBy(variables: readonly { readonly name: string }[], context: RenderContext): string {
  const matchers = variables.map(({ name }) => `${renderLabel(name, [scrapedCatalog.up], context)}=~"$${name}"`);
  return matchers.length === 0 ? '' : `{${matchers.join(',')}}`;
}
