/** Is a resource saturated? */
import { nodejsCatalog } from '../catalog/nodejs.ts';
import { scrapedCatalog } from '../catalog/scraped.ts';
import { humanSeconds, percent } from '../objectives/in-words.ts';
import { promql } from '../promql/expression.ts';
import { maxBy, minBy, sumBy } from '../promql/functions.ts';
import { gauge } from '../promql/selector.ts';
import type { Model } from '../model/model.ts';
import type { Dashboard, Row } from './panel.ts';
import { watchdogFiring } from './panels/alert-series.ts';
import { containersRow } from './panels/containers.ts';
import { freeRatio } from './panels/disks.ts';
import { ofAlerts } from './panels/expressions.ts';
import { hostsRow, memoryUse } from './panels/hosts.ts';
import { jobsRow } from './panels/jobs.ts';
import { monitoringStackRow } from './panels/monitoring-stack.ts';
import { nodeProcessRow } from './panels/node-process.ts';
import { stat } from './panels/shapes.ts';
import { fallsBelow, noneIsGood, oneIsGood, risesInto } from './panels/thresholds.ts';

export function infrastructureDashboard(model: Model): Dashboard {
  return {
    uid: 'telltale-infrastructure',
    title: 'Telltale: Infrastructure',
    description: 'Is a resource saturated?',
    rows: [
      nowRow(model),
      hostsRow(model),
      containersRow(model),
      nodeProcessRow(model),
      jobsRow(),
      monitoringStackRow(),
    ],
  };
}

function nowRow({ knobs }: Model): Row {
  return {
    title: 'Now',
    panels: [
      stat({
        key: 'targets-down-now',
        title: 'Targets down',
        description: 'Targets that Prometheus cannot scrape. Good: 0.',
        unit: 'count',
        targets: [{ expression: sumBy([], promql`${gauge(scrapedCatalog.up)} == bool 0`), legend: 'down' }],
        thresholds: noneIsGood,
        alerts: ['TargetDown', 'ServiceDown'],
        noValue: 'nothing is scraped',
      }),
      stat({
        key: 'memory-now',
        title: 'Fullest memory',
        description: `Memory in use of the fullest host. Good: under ${percent(knobs.MemoryUsageHigh.threshold)}.`,
        unit: 'ratio',
        targets: [{ expression: maxBy([], memoryUse), legend: 'in use' }],
        thresholds: risesInto([knobs.MemoryUsageHigh.threshold, 'red']),
        alerts: ['MemoryUsageHigh'],
        noValue: 'no host',
      }),
      stat({
        key: 'disk-now',
        title: 'Fullest disk: free',
        description: `Space free on the fullest file system. Good: over ${percent(knobs.DiskSpaceLow.freeRatio)}.`,
        unit: 'ratio',
        targets: [{ expression: minBy([], freeRatio), legend: 'free' }],
        thresholds: fallsBelow(
          [knobs.DiskSpaceLow.criticalFreeRatio, 'yellow'],
          [knobs.DiskSpaceLow.freeRatio, 'green'],
        ),
        alerts: ['DiskSpaceLow'],
        noValue: 'no host',
      }),
      stat({
        key: 'event-loop-now',
        title: 'Event loop lag',
        description: `p99 of the slowest event loop. Good: under ${humanSeconds(knobs.EventLoopLagHigh.threshold)}.`,
        unit: 'seconds',
        targets: [{ expression: maxBy([], gauge(nodejsCatalog.eventLoopLagP99)), legend: 'p99' }],
        thresholds: risesInto([knobs.EventLoopLagHigh.threshold, 'red']),
        alerts: ['EventLoopLagHigh'],
        noValue: 'no process',
      }),
      stat({
        key: 'watchdog',
        title: 'Watchdog',
        description: 'The alert that always fires, so that its silence is noticed. Good: alive.',
        unit: 'state',
        targets: [ofAlerts({ expression: sumBy([], watchdogFiring), legend: 'watchdog' })],
        mappings: { 1: { text: 'alive', color: 'green' } },
        thresholds: oneIsGood,
        alerts: ['Watchdog'],
        related: [{ dashboard: 'telltale-errors', panel: 'alerts-firing' }],
        noValue: 'silent: rules are not evaluated',
      }),
    ],
  };
}
