import { describe, expect, it } from 'vitest';
import { allAlerts, allMetaAlerts } from '../../src/alerts/all-alerts.ts';
import { alertExpression, type Alert } from '../../src/alerts/alert.ts';
import { ruleContext } from '../../src/alerts/rule-context.ts';
import type { Config } from '../../src/config/config.ts';
import { toModel } from '../../src/config/to-model.ts';
import { defaultAlertKnobs } from '../../src/objectives/alert-knobs.ts';

const alertsOf = (config: Config): readonly Alert[] => allAlerts(toModel(config));
const namesOf = (config: Config): readonly string[] => alertsOf(config).map(({ name }) => name);
const branchesOf = (config: Config, name: string): readonly string[] =>
  [...alertsOf(config), ...allMetaAlerts(toModel(config))]
    .filter((alert) => alert.name === name)
    .flatMap(({ branches }) => branches.map(({ id }) => id));

function expressionOf(config: Config, name: string): string {
  const model = toModel(config);
  const alert = allAlerts(model).find((one) => one.name === name);
  return alert === undefined ? '' : alertExpression(alert).render(ruleContext(model));
}

const plain: Config = { services: [{ name: 'web', url: 'http://web:3000' }], business: [] };

describe('allAlerts()', () => {
  it('is the 15 that have knobs', () => {
    expect(namesOf({})).toEqual(Object.keys(defaultAlertKnobs));
  });

  it('leaves out what the config disables', () => {
    expect(namesOf({ alerts: { EventLoopLagHigh: { enabled: false } } })).not.toContain('EventLoopLagHigh');
  });

  it('leaves out alerts without a source', () => {
    expect(namesOf({ ...plain, exporters: { node: false, blackbox: false } })).toEqual([
      'HighErrorRate',
      'HighResponseTime',
      'ErrorBudgetBurnFast',
      'ErrorBudgetBurnSlow',
      'ServiceDown',
      'ServiceRestarting',
      'EventLoopLagHigh',
      'BusinessActivityDrop',
    ]);
  });

  it.each([
    ['containers', { exporters: { containers: true } }, 'MemoryUsageHigh', ['host', 'container']],
    ['no containers', {}, 'MemoryUsageHigh', ['host']],
    ['Kubernetes', { exporters: { kubernetes: true } }, 'ServiceRestarting', ['process', 'container']],
    ['no business metrics', { business: [] }, 'BusinessActivityDrop', ['requests']],
    [
      'a database that another owns, outside the config',
      { services: [{ name: 'web', url: 'http://web:3000', database: { owner: 'legacy' } }] },
      'DatabaseConnectionLost',
      ['postgresql-check'],
    ],
    [
      'Redis only',
      { services: [{ name: 'web', url: 'http://web:3000', redis: true }] },
      'DatabaseConnectionLost',
      ['redis-exporter', 'redis-check', 'redis-absent'],
    ],
  ] satisfies [string, Config, string, string[]][])(
    'has the branches that %s can answer',
    (_, config, name, branches) => {
      expect(branchesOf(config, name)).toEqual(branches);
    },
  );

  it('asks for the absence of every service of the config, by environment and service', () => {
    const services = ['a', 'b'].map((name) => ({ name, url: `http://${name}:3000` }));
    expect(expressionOf({ services, environment: 'staging' }, 'HealthCheckFailing')).toBe(
      '(min by (environment, service, instance) (probe_success) == 0)\nor\n(absent(probe_success{environment="staging",service="a"}) or absent(probe_success{environment="staging",service="b"}))',
    );
  });

  it('follows the names of OpenTelemetry and of the user', () => {
    const config: Config = { naming: 'otel', identity: { service: 'app', environment: 'env' } };
    expect(expressionOf(config, 'HighErrorRate')).toContain(
      'sum by (env, app) (rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[5m]))',
    );
    const alert = allAlerts(toModel(config)).find(({ name }) => name === 'DatabaseQueriesSlow');
    expect(alert?.annotations.summary).toBe(
      'Queries of {{ $labels.app }} ({{ $labels.env }}) take {{ $value | humanizeDuration }} (p95, pool {{ $labels.db_client_connection_pool_name }})',
    );
  });

  it('says the numbers of the config in rule and text', () => {
    const config: Config = { alerts: { HighErrorRate: { threshold: 0.02, minRequestRate: 3 } } };
    expect(expressionOf(config, 'HighErrorRate')).toContain(
      ' > 0.02 and on (environment, service) service:http_requests:rate5m >= 3',
    );
    expect(alertsOf(config)[0]?.annotations.description).toContain('More than 2 % of the requests');
  });

  it('refuses a latency threshold that is no bucket bound', () => {
    expect(() => alertsOf({ alerts: { HighResponseTime: { threshold: 0.3 } } })).toThrow(
      /Cannot use 0.3 as threshold of HighResponseTime as it must be a bucket bound of "http_request_duration_seconds": known are 0.005, /,
    );
  });

  it('writes no `for` of zero', () => {
    expect(alertsOf({}).find(({ name }) => name === 'ServiceRestarting')).not.toHaveProperty('for');
  });
});

describe('allMetaAlerts()', () => {
  it('are the stack watching itself', () => {
    expect(allMetaAlerts(toModel({})).map(({ name }) => name)).toEqual([
      'Watchdog',
      'NobodyIsPaged',
      'TargetDown',
      'DiskFullTomorrow',
      'CertificateExpiresSoon',
      'PrometheusRuleFailures',
      'PrometheusNotificationsFailing',
      'AlertmanagerNotificationsFailing',
      'ScrapeSampleLimitExceeded',
      'ConfigReloadFailed',
    ]);
  });

  it.each([
    ['somebody', 'pager', []],
    ["only the dead man's switch", 'deadman', ['always']],
  ])('say whether nobody is paged when the config lists %s', (_, name, branches) => {
    const receivers = [{ name, kind: 'webhook', severities: ['critical'], secretFile: 'url' }] as const;
    expect(branchesOf({ receivers }, 'NobodyIsPaged')).toEqual(branches);
  });
});
