/** Which alerts fire, how often they did, and which versions run. */
import { healthCatalog } from '../../catalog/health.ts';
import { nodejsCatalog } from '../../catalog/nodejs.ts';
import { recordedCatalog } from '../../catalog/recorded.ts';
import { humanSeconds, percent } from '../../objectives/in-words.ts';
import { type Expression, labels, promql } from '../../promql/expression.ts';
import { aggregate, maxBy, sumBy, topk } from '../../promql/functions.ts';
import { gauge } from '../../promql/selector.ts';
import type { Model } from '../../model/model.ts';
import type { BarGaugePanel, Row, TablePanel } from '../panel.ts';
import { serviceColumns, shortLabel } from './columns.ts';
import { alertAge, raisedInWeek } from './alert-series.ts';
import { ofAlerts, perService, recorded, secondsSince } from './expressions.ts';
import { serviceProcesses } from './service-processes.ts';
import { bars, table } from './shapes.ts';
import { risesInto } from './thresholds.ts';

const perInstance = [...perService, 'instance'] as const;
const perVersion = [...perService, 'version'] as const;
const shownAlerts = 50;
const alertActive = 'an alert other than Watchdog is pending or firing';

export function alertsRow(): Row {
  return { title: 'Which alerts?', panels: [active(), raised()] };
}

export function deploysRow(model: Model): Row {
  return { title: 'Did a deploy cause it?', panels: [versions(model)] };
}

function active(): TablePanel {
  return table({
    key: 'alerts-firing',
    height: 8,
    title: 'Alerts, firing and pending',
    description: 'Every alert but Watchdog that is pending or firing, and for how long. Good: empty.',
    unit: 'age',
    width: 16,
    targets: [ofAlerts({ expression: topk(shownAlerts, alertAge), legend: '' })],
    columns: [
      { from: 'alertname', title: 'Alert' },
      {
        from: 'alertstate',
        title: 'State',
        width: shortLabel,
        mappings: {
          firing: { text: 'firing', color: 'red' },
          pending: { text: 'pending', color: 'yellow' },
        },
      },
      { from: 'severity', title: 'Severity', width: shortLabel },
      ...serviceColumns,
      { from: 'value:A', title: 'For', unit: 'age' },
    ],
    sortBy: 'For',
    alerts: ['NobodyIsPaged', 'Watchdog'],
    quietUnless: alertActive,
    noValue: 'No alert is pending or firing',
  });
}

function raised(): BarGaugePanel {
  return bars({
    key: 'alerts-raised',
    title: 'Raised this week',
    description:
      'How often each alert began to fire in 7 days. Good: short; an alert that is raised daily is tuned or mended.',
    unit: 'count',
    targets: [
      ofAlerts({
        expression: topk(10, sumBy(['alertname'], raisedInWeek)),
        legend: '{{alertname}}',
        quietUnless: 'an alert other than Watchdog has fired',
      }),
    ],
    min: 0,
    noValue: 'No alert has fired in 7 days',
  });
}

function versions({ knobs, lines }: Model): TablePanel {
  const version = maxBy([...perInstance, 'version', 'commit'], gauge(healthCatalog.serviceInfo));
  const started = maxBy(perInstance, gauge(nodejsCatalog.startTime, serviceProcesses));
  const instanceAge = secondsSince(promql`${version} * on (${labels(perInstance)}) group_left () ${started}`);
  const perDeploy = [...perVersion, 'commit'] as const;
  const age: Expression = aggregate<string, string>('max', perDeploy, instanceAge);
  return table({
    key: 'versions',
    title: 'Versions and recent deploys',
    description:
      'Every version that runs, how long it has run, on how many instances, and how it does. Good: one version, or a new one that does no worse than the old.',
    unit: 'count',
    width: 24,
    height: 6,
    targets: [
      { expression: age, legend: '' },
      { expression: aggregate<string, string>('count', perDeploy, version), legend: '' },
      recorded({ expression: maxBy(perVersion, gauge(recordedCatalog.versionErrorRatio)), legend: '' }),
      recorded({ expression: maxBy(perVersion, gauge(recordedCatalog.versionLatencyP95)), legend: '' }),
    ],
    columns: [
      ...serviceColumns,
      { from: 'version', title: 'Version' },
      { from: 'commit', title: 'Commit' },
      { from: 'value:A', title: 'Running for', unit: 'age' },
      { from: 'value:B', title: 'Instances', unit: 'count' },
      {
        from: 'value:C',
        title: `Errors (limit ${percent(knobs.HighErrorRate.threshold)})`,
        unit: 'ratio',
        thresholds: risesInto([knobs.HighErrorRate.threshold, 'red']),
      },
      {
        from: 'value:D',
        title: `p95 (goal ${humanSeconds(lines.latencyP95Seconds)})`,
        unit: 'seconds',
        thresholds: risesInto([lines.latencyP95Seconds, 'yellow'], [knobs.HighResponseTime.threshold, 'red']),
      },
    ],
    sortBy: 'Instances',
    alerts: ['HighErrorRate', 'HighResponseTime'],
    related: [{ dashboard: 'telltale-infrastructure', panel: 'restarts' }],
    noValue: 'No service says which version it runs: does it use healthEndpoints()?',
  });
}
