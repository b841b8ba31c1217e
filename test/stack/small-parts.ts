/** The smallest parts that can be joined: one dashboard, two alerts, their pages. */
import type { Alert } from '../../src/alerts/alert.ts';
import { httpCatalog } from '../../src/catalog/http.ts';
import { nodeExporterCatalog } from '../../src/catalog/node-exporter.ts';
import { redisExporterCatalog } from '../../src/catalog/redis-exporter.ts';
import type { Dashboard, Panel, TablePanel } from '../../src/dashboards/panel.ts';
import { promql } from '../../src/promql/expression.ts';
import { rate, sumBy } from '../../src/promql/functions.ts';
import { count, gauge } from '../../src/promql/selector.ts';
import type { AlertPage } from '../../src/runbooks/runbook.ts';
import type { Parts } from '../../src/stack/join.ts';

export const requestRate = sumBy(['environment', 'service'], rate(count(httpCatalog.duration), '5m'));
export const redisUp = gauge(redisExporterCatalog.up);
export const hostMemory = gauge(nodeExporterCatalog.memoryTotal);

export function panel(key: string, parts: Partial<Panel> = {}): Panel {
  return {
    type: 'timeseries',
    key,
    title: key,
    description: 'A panel.',
    targets: [{ expression: requestRate, legend: '{{service}}' }],
    unit: 'count',
    width: 8,
    height: 8,
    noValue: 'none',
    ...parts,
  } as Panel;
}

export function table(key: string, parts: Partial<TablePanel>): Panel {
  return panel(key, { type: 'table', ...parts });
}

export function dashboard(panels: readonly Panel[], parts: Partial<Dashboard> = {}): Dashboard {
  return { uid: 'telltale-api', title: 'API', description: 'Is it well?', rows: [{ title: 'Now', panels }], ...parts };
}

export function alert(name: string, parts: Partial<Alert> = {}): Alert {
  return {
    name,
    group: 'http',
    branches: [{ id: 'rate', expression: promql`${requestRate} > ${1}`, describes: 'much' }],
    for: '5m',
    severity: 'critical',
    component: 'api',
    annotations: { summary: 's', description: 'd', impact: 'i', action: 'a' },
    panel: { dashboard: 'telltale-api', panel: 'requests' },
    ...parts,
  };
}

export function page(name: string, parts: Partial<AlertPage> = {}): AlertPage {
  return {
    alert: name,
    meaning: 'It is bad.',
    why: [],
    impact: 'Some.',
    judge: [],
    firstFiveMinutes: [],
    isItReal: [],
    causes: [],
    mitigation: [],
    recovered: [],
    escalate: [],
    falsePositives: [],
    silenceBy: [],
    tuning: { knobs: false, advice: [] },
    afterwards: [],
    runbooks: [],
    ...parts,
  };
}

export function parts(some: Partial<Parts> = {}): Parts {
  return {
    dashboards: [dashboard([panel('requests')])],
    alerts: [alert('HighErrorRate')],
    metaAlerts: [],
    records: [],
    inhibitions: [],
    runbooks: [],
    pages: [page('HighErrorRate')],
    ...some,
  };
}
