/** Variables. Names and meanings of the rules: https://github.com/grafana/dashboard-linter/tree/main/docs/rules */
import {
  type Dashboard as DashboardJson,
  type VariableModel,
  VariableRefresh,
  VariableType,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { analyse } from '../promql/analysis.ts';
import { eachDashboard } from './dashboard-each.ts';
import type { DashboardRule } from './dashboard-problem.ts';

export const templateRules: readonly DashboardRule[] = [
  eachDashboard('template-datasource-rule', ({ json }) => {
    const sources = variablesOf(json).filter(({ type }) => type === VariableType.Datasource);
    if (sources.length === 0) return ['has no data source variable'];
    return sources.flatMap(({ name, label = '' }) => [
      ...(name === 'datasource' ? [] : [`names its data source variable "${name}": must be "datasource"`]),
      ...(label === 'Data source' ? [] : [`labels its data source variable "${label}": must be "Data source"`]),
    ]);
  }),
  eachDashboard('template-job-rule', ({ json }) => problemsOfVariable(json, 'job', 'Job')),
  eachDashboard('template-instance-rule', ({ json }) => problemsOfVariable(json, 'instance', 'Instance')),
  eachDashboard('template-label-promql-rule', ({ json }) =>
    queryVariables(json).flatMap((variable) => {
      const query = queryOf(variable);
      const [, series = ''] = /^label_values\((.+), [\w.]+\)$/.exec(query) ?? [];
      const wrong = series === '' || analyse(series).syntaxErrors.length > 0;
      return wrong ? [`variable "${variable.name}" asks "${query}", which is not label_values(<series>, <label>)`] : [];
    }),
  ),
  eachDashboard('template-on-time-change-reload-rule', ({ json }) =>
    queryVariables(json)
      .filter(({ refresh }) => refresh !== VariableRefresh.OnTimeRangeChanged)
      .map(({ name }) => `variable "${name}" is not refreshed when the time range changes`),
  ),
];

function problemsOfVariable(json: DashboardJson, name: string, label: string): string[] {
  const variable = queryVariables(json).find((candidate) => candidate.name === name);
  if (variable === undefined) return [`has no query variable "${name}"`];
  return [
    ...(variable.label === label ? [] : [`labels variable "${name}" "${variable.label ?? ''}": must be "${label}"`]),
    ...(variable.datasource?.uid === '${datasource}' ? [] : [`variable "${name}" does not ask the chosen data source`]),
    ...(variable.multi === true ? [] : [`variable "${name}" takes one value: must take several`]),
    ...(variable.includeAll === true ? [] : [`variable "${name}" has no "All"`]),
    ...(variable.allValue === '.+'
      ? []
      : [`variable "${name}" means "${variable.allValue ?? ''}" by "All": must be ".+"`]),
  ];
}

function variablesOf(json: DashboardJson): readonly VariableModel[] {
  return json.templating.list ?? [];
}

function queryVariables(json: DashboardJson): readonly VariableModel[] {
  return variablesOf(json).filter(({ type }) => type === VariableType.Query);
}

function queryOf({ query }: VariableModel): string {
  if (typeof query === 'string') return query;
  const text: unknown = query?.['query'];
  return typeof text === 'string' ? text : '';
}
