/** One broken dashboard for each thing that the linter finds. */
import { httpCatalog } from '../../src/catalog/http.ts';
import { nodejsDefaultsCatalog } from '../../src/catalog/nodejs-defaults.ts';
import { rate, sumBy } from '../../src/promql/functions.ts';
import { count, gauge } from '../../src/promql/selector.ts';
import { asking, type Break, inData, inJson, inPanelJson, variable, withoutThresholds } from './break-dashboard.ts';

const matched = 'environment=~"$environment",service=~"$service",job=~"$job",instance=~"$instance"';
const perRoute = sumBy(['route'], rate(count(httpCatalog.duration), '$__rate_interval'));

/** The rule, a message that it must report, and the break. */
export const brokenDashboards: readonly (readonly [rule: string, message: string, breaking: Break])[] = [
  ['template-datasource-rule', 'has no data source variable', inJson((json) => json.templating.list?.shift())],
  [
    'template-datasource-rule',
    'labels its data source variable "Source": must be "Data source"',
    variable('datasource', { label: 'Source' }),
  ],
  ['template-job-rule', 'labels variable "job" "job": must be "Job"', variable('job', { label: 'job' })],
  [
    'template-instance-rule',
    'variable "instance" means ".*" by "All": must be ".+"',
    variable('instance', { allValue: '.*' }),
  ],
  [
    'template-label-promql-rule',
    'variable "service" asks "label_values(up{, service)", which is not label_values(<series>, <label>)',
    variable('service', { query: 'label_values(up{, service)' }),
  ],
  [
    'template-on-time-change-reload-rule',
    'variable "service" is not refreshed when the time range changes',
    variable('service', { refresh: 1 }),
  ],
  [
    'panel-datasource-rule',
    'does not ask the chosen data source',
    inPanelJson((panel) => {
      panel.datasource = { uid: 'prometheus' };
    }),
  ],
  [
    'panel-title-description-rule',
    'has no description',
    inPanelJson((panel) => {
      panel.description = '';
    }),
  ],
  [
    'panel-units-rule',
    'has the unit "furlongs", which Grafana does not know',
    inPanelJson((panel) => {
      Object.assign(panel.fieldConfig?.defaults ?? {}, { unit: 'furlongs' });
    }),
  ],
  [
    'panel-no-targets-rule',
    'has no query',
    inPanelJson((panel) => {
      panel.targets = [];
    }),
  ],
  [
    'target-logql-rule',
    'target A does not ask Prometheus',
    inPanelJson((panel) => {
      Object.assign(panel.targets?.[0] ?? {}, { datasource: { type: 'loki', uid: '${datasource}' } });
    }),
  ],
  ['target-logql-auto-rule', 'target A uses $__auto, which only Loki knows', asking('rate({app="a"}[$__auto])')],
  [
    'no-value-rule',
    'does not say why it may be empty',
    inPanelJson((panel) => {
      Object.assign(panel.fieldConfig?.defaults ?? {}, { noValue: '' });
    }),
  ],
  [
    'uneditable-dashboard-rule',
    'can be edited by hand, and the next run would undo that',
    inJson((json) => {
      json.editable = true;
    }),
  ],
  [
    'instance-state-rule',
    'holds "version", which belongs to one Grafana',
    inJson((json) => {
      json.version = 3;
    }),
  ],
  ['target-promql-rule', 'target A does not parse near "sum by (route (up)"', asking('sum by (route (up)')],
  [
    'target-promql-rule',
    'target A selects "requests_in_flight", which is not in the catalog',
    asking(`requests_in_flight{${matched}}`),
  ],
  [
    'target-rate-interval-rule',
    'target A takes the rate of "process_cpu_seconds_total" over "5m": must be over $__rate_interval',
    asking(`rate(process_cpu_seconds_total{${matched}}[5m])`),
  ],
  [
    'target-job-rule',
    'target A does not match job=~"$job" in "up{instance=~"$instance"}"',
    asking('up{instance=~"$instance"}'),
  ],
  [
    'target-job-rule',
    'target A selects "slo:requests:rate5m", which has no job, and does not say why',
    asking('slo:requests:rate5m'),
  ],
  [
    'target-instance-rule',
    'target A does not match instance=~"$instance" in "up{job=~"$job",instance="$instance"}"',
    asking('up{job=~"$job",instance="$instance"}'),
  ],
  [
    'target-instance-rule',
    'target A is excused from matching instance, but all its series have it',
    inData('in-flight', (panel) => ({
      ...panel,
      targets: panel.targets.map((target) => ({ ...target, withoutTargetLabels: 'why not' })),
    })),
  ],
  [
    'target-counter-agg-rule',
    'target A uses counter "process_cpu_seconds_total" outside rate, irate and increase',
    asking(`sum(process_cpu_seconds_total{${matched}})`),
  ],
  [
    'target-counter-agg-rule',
    'target A uses counter "pg_stat_database_deadlocks" outside rate, irate and increase',
    asking(`max_over_time(pg_stat_database_deadlocks{${matched}}[1h])`),
  ],
  [
    'missing-data-rule',
    'target A uses vector(), which shows a number where there is no data',
    asking(`sum(up{${matched}}) or vector(0)`),
  ],
  [
    'ratio-rule',
    'target A multiplies a ratio by 100: ratios are 0-1 and shown as percentunit',
    asking(`nodejs_eventloop_utilization_ratio{${matched}} * 100`),
  ],
  [
    'ref-id-rule',
    'has the target "A" twice, or one without a letter',
    inPanelJson((panel) => {
      panel.targets = [...(panel.targets ?? []), ...(panel.targets ?? [])];
    }),
  ],
  [
    'uid-rule',
    'is the uid of two dashboards',
    (subject) => ({ ...subject, dashboards: [...subject.dashboards, ...subject.dashboards.slice(0, 1)] }),
  ],
  [
    'panel-id-rule',
    '"Requests in flight" has the id 0, which is missing or taken',
    inPanelJson((panel) => {
      panel.id = 0;
    }),
  ],
  [
    'grid-rule',
    '"Requests in flight" stands outside the 24 columns',
    inPanelJson((panel) => {
      Object.assign(panel.gridPos ?? {}, { x: 20, y: 900 });
    }),
  ],
  [
    'grid-rule',
    '"Requests" and "Requests in flight" overlap',
    inPanelJson((panel) => {
      Object.assign(panel.gridPos ?? {}, { x: 1, y: 2, w: 1, h: 1 });
    }),
  ],
  [
    'grid-rule',
    '"Mean size of bodies" is lower than others on its line',
    inPanelJson((panel) => {
      Object.assign(panel.gridPos ?? {}, { h: 9 });
    }),
  ],
  [
    'panel-count-rule',
    'has 13 panels above the fold: at most 12 are read',
    inPanelJson((panel) => {
      Object.assign(panel.gridPos ?? {}, { x: 0, y: 15, w: 1, h: 1 });
    }),
  ],
  [
    'panel-count-rule',
    'has 54 panels: at most 28 are read',
    inJson((json) => {
      json.panels = [...(json.panels ?? []), ...(json.panels ?? [])];
    }),
  ],
  [
    'legend-rule',
    'names series by "route", which the query does not return',
    inData('in-flight', (panel) => ({
      ...panel,
      targets: panel.targets.map((target) => ({ ...target, legend: '{{route}}' })),
    })),
  ],
  [
    'table-column-rule',
    'has rows that differ in "method" alone',
    inData('slow-endpoints', (panel) =>
      panel.type === 'table' ? { ...panel, columns: panel.columns.filter(({ from }) => from !== 'method') } : panel,
    ),
  ],
  [
    'bounded-series-rule',
    'target A may return 500 series per service: at most 120',
    inData('in-flight', (panel) => ({ ...panel, targets: [{ expression: perRoute, legend: '{{route}}' }] })),
  ],
  [
    'threshold-rule',
    "has a threshold of 0.07, which is no objective and no alert's",
    inData('error-ratio', (panel) => ({
      ...panel,
      thresholds: { base: 'green', steps: [{ value: 0.07, color: 'red' }] },
    })),
  ],
  [
    'alert-line-rule',
    'no panel of EventLoopLagHigh shows its threshold of 0.25',
    (subject) => inData('event-loop-now', withoutThresholds)(inData('event-loop-lag', withoutThresholds)(subject)),
  ],
  [
    'metric-coverage-rule',
    'metric "redis_connected_clients" is on no panel and in no alert',
    inData('redis-clients', (panel) => ({
      ...panel,
      targets: [{ expression: gauge(httpCatalog.inFlight), legend: 'x' }],
    })),
  ],
  [
    'metric-exemption-rule',
    'metric "process_virtual_memory_bytes" is on a panel or in an alert of ours, and still declared as forDashboardsOf "prom-client"',
    inData('in-flight', (panel) => ({
      ...panel,
      targets: [{ expression: gauge(nodejsDefaultsCatalog.virtualMemory), legend: 'x' }],
    })),
  ],
  [
    'alert-coverage-rule',
    'alert TargetDown is on no panel',
    (subject) => ({
      ...subject,
      dashboards: subject.dashboards.map((dashboard) => ({
        ...dashboard,
        joined: {
          ...dashboard.joined,
          rows: dashboard.joined.rows.map((row) => ({
            ...row,
            panels: row.panels.map((panel) => ({
              ...panel,
              alerts: panel.alerts.filter((name) => name !== 'TargetDown'),
            })),
          })),
        },
      })),
    }),
  ],
  [
    'related-panel-rule',
    'leads to dashboard "telltale-api", which does not exist',
    (subject) => ({ ...subject, dashboards: subject.dashboards.slice(1) }),
  ],
];
