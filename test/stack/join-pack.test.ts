import { describe, expect, it } from 'vitest';
import { allPresets } from '../../src/catalog/presets/all-presets.ts';
import type { Config } from '../../src/config/config.ts';
import { toModel } from '../../src/config/to-model.ts';
import { check, generate } from '../../src/generate.ts';
import { promql } from '../../src/promql/expression.ts';
import { joinPack } from '../../src/stack/join-pack.ts';
import { alert, dashboard, page, panel, requestRate } from './small-parts.ts';

const api = { name: 'api', url: 'http://api:3000' };

const configs: Readonly<Record<string, Config>> = {
  'nothing but a service': { services: [api], exporters: { node: false, blackbox: false }, business: [] },
  'a service with a database': { services: [{ ...api, database: true }] },
  'a service with a Redis': { services: [{ ...api, redis: true }] },
  'containers and Kubernetes': { exporters: { containers: true, kubernetes: true } },
  'names of OpenTelemetry': { naming: 'otel' },
  ...Object.fromEntries(allPresets.map(({ id }) => [`names of ${id}`, { naming: id }])),
  'names of the user': {
    naming: { http_request_duration_seconds: { name: 'http_server_seconds', labels: { status_code: 'code' } } },
    identity: { service: 'app', environment: 'stage' },
  },
  'alerts left out': { alerts: { HighErrorRate: { enabled: false }, ServiceDown: { enabled: false } } },
  loopback: { profile: 'loopback' },
  'a drill': {
    profile: 'drill',
    timing: { speedUp: 20, scrapeInterval: '1s', scrapeTimeout: '1s', evaluationInterval: '1s' },
  },
  'instances on ports of their own': { services: [{ ...api, metricsPort: 9464, instances: 4 }] },
  'services by DNS': { services: [{ ...api, discovery: 'dns' }] },
};

describe('joinPack()', () => {
  it.each(Object.entries(configs))('makes a pack without a problem of %s', (_, config) => {
    expect(check(config)).toEqual([]);
    expect(generate(config).size).toBeGreaterThan(20);
  });

  it('makes 15 alerts, each with a panel that names it and a page that knows it', () => {
    const { alerts } = joinPack(toModel({}));
    const incomplete = alerts.filter(
      ({ alert, panel, page }) => !panel.alerts.includes(alert.name) || page.alert !== alert.name,
    );
    expect(alerts.filter(({ kind }) => kind === 'service')).toHaveLength(15);
    expect(incomplete.map(({ alert }) => alert.name)).toEqual([]);
  });

  it('notifies of the alerts that page somebody within 6.5 minutes', () => {
    const urgent = new Set([
      'HighErrorRate',
      'ErrorBudgetBurnFast',
      'HealthCheckFailing',
      'ServiceDown',
      'DatabaseConnectionLost',
    ]);
    const { alerts } = joinPack(toModel({}));
    const slow = alerts.filter(({ alert, notificationSeconds }) => urgent.has(alert.name) && notificationSeconds > 390);
    expect(slow.map(({ alert, notificationSeconds }) => [alert.name, notificationSeconds])).toEqual([]);
  });

  it('adds the alerts, dashboards and sections of the user', () => {
    const config: Config = {
      addAlerts: [
        {
          alert: alert('OrdersStuck', { panel: { dashboard: 'telltale-api', panel: 'orders' } }),
          page: page('OrdersStuck'),
        },
      ],
      addDashboards: [{ ...dashboard([panel('orders', { alerts: ['OrdersStuck'] })]), uid: 'shop-orders' }],
      runbookSections: { rollback: [{ title: 'Contacts', lines: ['Call *Ann*'] }] },
    };
    expect(() => generate(config)).toThrow('Cannot link alert "OrdersStuck" to panel "telltale-api/orders"');
    const mine = alert('OrdersStuck', {
      branches: [{ id: 'a', expression: promql`${requestRate} < ${1}`, describes: 'no orders' }],
      panel: { dashboard: 'shop-orders', panel: 'orders' },
    });
    const files = generate({ ...config, addAlerts: [{ alert: mine, page: page('OrdersStuck') }] });
    expect([...files.keys()].filter((path) => /shop-orders|OrdersStuck/.test(path))).toEqual([
      'dashboards/shop-orders.json',
      'runbooks/alerts/OrdersStuck.md',
    ]);
    expect(files.get('alerts/http.yml')).toContain('alert: OrdersStuck');
    expect(files.get('runbooks/rollback.md')).toContain('Call \\*Ann\\*');
  });
});
