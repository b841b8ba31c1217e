import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configProblems, validateConfig } from '../../src/config/validate.ts';
import { defineConfig } from '../../src/config/config.ts';
import { defineMetric } from '../../src/config/define-metric.ts';
import { generate } from '../../src/generate.ts';

/** Problems as the CLI prints them. */
function printed(config: unknown): string[] {
  return configProblems(config).map(({ message, fix }) => (fix === undefined ? message : `${message}; ${fix}`));
}

const api = { name: 'api', url: 'http://localhost:3000' };

/** Thresholds that are bounds of every preset, but not of the histogram itself. */
const withThresholds = (naming: string): object => ({
  naming,
  services: [{ ...api, slos: [{ name: 'fast', kind: 'latency', objectiveRatio: 0.9, thresholdSeconds: 0.3 }] }],
  objectives: { lines: { latencyP95Seconds: 0.3 } },
  alerts: { HighResponseTime: { threshold: 0.3 } },
});

describe('configProblems()', () => {
  it('finds nothing wrong with an empty config', () => {
    expect(printed({})).toEqual([]);
  });

  it('finds nothing wrong with a config that uses every field', () => {
    const config = defineConfig({
      environment: 'staging',
      services: [
        {
          ...api,
          discovery: 'dns',
          metricsPort: 9464,
          instances: 4,
          database: true,
          redis: { address: 'cache:6379' },
          probes: ['https://shop.example/'],
        },
        { name: 'worker', url: 'https://worker.internal:8443', database: { owner: 'api' }, backups: ['nightly'] },
      ],
      identity: { service: 'app' },
      naming: { http_request_duration_seconds: { name: 'http_server_seconds', labels: { status_code: 'code' } } },
      objectives: {
        slos: [{ name: 'fast', kind: 'latency', objectiveRatio: 0.95, thresholdSeconds: 0.25, routes: ['/pay/:id'] }],
        lines: { latencyP95Seconds: 0.25 },
      },
      alerts: { HighErrorRate: { threshold: 0.02, for: '10m' }, BackupStale: { enabled: false } },
      runbookSections: { rollback: [{ title: 'Contacts', lines: ['Ops: +1 555 0100'] }] },
      business: [
        defineMetric({ name: 'orders_total', kind: 'counter', help: 'Orders placed.', labels: { channel: ['web'] } }),
        { name: 'cart_value', kind: 'gauge', unit: 'currency', help: 'Value of open carts.', aggregation: 'max' },
      ],
      exporters: { containers: true },
      links: { grafana: 'https://grafana.example/g' },
      receivers: [{ name: 'pager', kind: 'pagerduty', severities: ['critical'], secretFile: 'pagerduty-key' }],
      timing: { scrapeInterval: '30s' },
      addresses: { prometheus: 'prometheus.internal:9090' },
      stack: { ports: { grafana: 3031 }, networks: ['shop_default'], retention: '60d', retentionSize: '40GB' },
      profile: 'compose',
      output: 'monitoring-pack',
    });
    expect(printed(config)).toEqual([]);
  });

  it('reports every problem at once, with path, rule, value and fix', () => {
    const config = {
      enviroment: 'production',
      services: [
        { ...api, metricPath: '/m', database: { owner: 'apj' } },
        { name: 'API', url: 'localhost:3000', healthPath: 'health' },
        { ...api, url: 'http://user:hunter2@db:80/x', redis: true },
      ],
      objectives: {
        slos: [{ name: 'availability', kind: 'availability', objectiveRatio: 1 }],
        lines: { latencyP95Seconds: 0.3 },
      },
      alerts: {
        HighErorRate: {},
        HighResponseTime: { threshold: 0.9, for: '5 min' },
        DatabaseQueriesSlow: { threshold: 0.6 },
      },
      naming: { http_requests_total: { name: 'x' }, http_request_duration_seconds: { labels: { code: 'status' } } },
      timing: { scrapeInterval: '2m' },
      profile: 'docker',
    };
    expect(printed(config)).toMatchInlineSnapshot(`
      [
        "Cannot use enviroment as the config must only have "environment", "services", "identity", "objectives", "alerts", "addAlerts", "addDashboards", "runbookSections", "business", "exporters", "links", "receivers", "timing", "addresses", "stack", "profile", "output" and "naming": current value is "enviroment"; did you mean "environment"?",
        "Cannot use services[0].metricPath as a service must only have "name", "url", "discovery", "metricsPath", "metricsPort", "instances", "healthPath", "probes", "team", "database", "redis", "slos" and "backups": current value is "metricPath"; did you mean "metricsPath"?",
        "Cannot use services[1].name as a service name must be lower case letters, digits and hyphens: current value is "API"",
        "Cannot use services[1].url as a URL must be http or https and parse: current value is "localhost:3000"",
        "Cannot use services[1].healthPath as a path must start with "/" and hold no space, "?" or "#": current value is "health"",
        "Cannot use services[2].url as a URL must not hold a user or a password: current value is "http://***@db:80/x"; put it into a file in monitoring/secrets/",
        "Cannot use services[2].name as a service must have a name of its own, which services[0] has already: current value is "api"",
        "Cannot use services[0].database.owner as the owner of a database must be a known one, but there is none: current value is "apj"",
        "Cannot use objectives.slos[0].objectiveRatio as a share must be between 0 and 1, both left out: current value is 1",
        "Cannot use objectives.lines.latencyP95Seconds as a threshold on http_request_duration_seconds must be one of its bucket bounds 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.2, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10: current value is 0.3",
        "Cannot use alerts.HighErorRate as the alerts must only have "HighErrorRate", "HighResponseTime", "ErrorBudgetBurnFast", "ErrorBudgetBurnSlow", "HealthCheckFailing", "ServiceDown", "ServiceRestarting", "EventLoopLagHigh", "DatabaseConnectionLost", "DatabaseConnectionsHigh", "DatabaseQueriesSlow", "BackupStale", "MemoryUsageHigh", "DiskSpaceLow" and "BusinessActivityDrop": current value is "HighErorRate"; did you mean "HighErrorRate"?",
        "Cannot use alerts.HighResponseTime.threshold as a threshold on http_request_duration_seconds must be one of its bucket bounds 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.2, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10: current value is 0.9",
        "Cannot use alerts.HighResponseTime.for as a duration must be a whole number and one unit of s, m, h, d and w, such as "5m": current value is "5 min"",
        "Cannot use alerts.DatabaseQueriesSlow.threshold as a threshold on db_query_duration_seconds must be one of its bucket bounds 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10: current value is 0.6",
        "Cannot use naming.http_requests_total as the metric to rename must be one of the 125 known: current value is "http_requests_total"; did you mean "cache_requests_total"?",
        "Cannot use naming.http_request_duration_seconds.labels.code as the label of http_request_duration_seconds to rename must be one of "method", "route" and "status_code": current value is "code"",
        "Cannot use timing as timing must fit four scrapes into the 5 minutes (divided by speedUp) of the shortest window: current value is {"scrapeInterval":"2m"}",
        "Cannot use profile as the profile must be one of "compose", "loopback" and "drill": current value is "docker"",
      ]
    `);
  });

  it('reports ports of instances that cannot be, and ports that two services would share', () => {
    const services = [
      { ...api, metricsPort: 9464, instances: 4 },
      { ...api, name: 'shares', metricsPort: 9467 },
      { ...api, name: 'elsewhere', url: 'http://other:3000', metricsPort: 9467 },
      { ...api, name: 'next', metricsPort: 9468, instances: 2 },
      { ...api, name: 'reaches-up', metricsPort: 9462, instances: 3 },
      { ...api, name: 'no-port', instances: 2 },
      { ...api, name: 'too-high', metricsPort: 65_535, instances: 2 },
      { ...api, name: 'no-number', metricsPort: 0, instances: 1.5 },
      { ...api, name: 'text', metricsPort: '9464', instances: 'max' },
    ];
    expect(printed({ services })).toEqual([
      'Cannot use services[7].metricsPort as the port of metrics must be a whole number from 1 to 65535: current value is 0',
      'Cannot use services[7].instances as the number of instances must be a whole number from 1 to 1000: current value is 1.5',
      'Cannot use services[8].metricsPort as the port of metrics must be a whole number from 1 to 65535: current value is "9464"',
      'Cannot use services[8].instances as the number of instances must be a whole number from 1 to 1000: current value is "max"',
      'Cannot use services[5].instances as several instances must have "metricsPort", the port of the first: current value is 2',
      'Cannot use services[6].instances as several instances must have ports up to 65535, and the last has 65536: current value is 2',
      "Cannot use services[1].metricsPort as the ports of a service's metrics must be its own, and services[0] has one of them already: current value is 9467",
      "Cannot use services[4].metricsPort as the ports of a service's metrics must be its own, and services[0] has one of them already: current value is 9462",
    ]);
  });

  it('reports receivers with a wrong kind, a missing setting or a secret, without printing the secret', () => {
    const receivers = [
      { name: 'chat', kind: 'slak', severities: ['critical'], secretFile: 'slack-url' },
      {
        name: 'chat',
        kind: 'email',
        severities: ['critical', 'info'],
        secretFile: 'mail',
        settings: { to: 'a@b.c', from: 'd@e.f' },
      },
      {
        name: 'hook',
        kind: 'slack',
        severities: [],
        secretFile: 'https://hooks.slack.com/services/T0/B0/XYZXYZ',
        settings: { channel: '#ops', api_key: 'abcdefghijkl' },
      },
    ];
    expect(printed({ receivers })).toMatchInlineSnapshot(`
      [
        "Cannot use receivers[0].kind as the kind of a receiver must be one of "slack", "pagerduty", "email", "webhook", "msteams", "discord" and "opsgenie": current value is "slak"; did you mean "slack"?",
        "Cannot use receivers[1].severities[1] as a severity must be one of "critical" and "warning": current value is "info"",
        "Cannot use receivers[2].severities as a list of severities must not be empty: current value is []",
        "Cannot use receivers[2].secretFile as a secret must be the name of a file in monitoring/secrets/, not the secret itself: current value is "http..." (not shown); write it into a file in monitoring/secrets/ and name that file in secretFile",
        "Cannot use receivers[2].settings.api_key as a setting must not be a secret: current value is "abcd..." (not shown); write it into a file in monitoring/secrets/ and name that file in secretFile",
        "Cannot use receivers[1].name as a receiver must have a name of its own, which receivers[0] has already: current value is "chat"",
        "Cannot use receivers[1].settings as the settings of email must have "smarthost": current value is {"to":"a@b.c","from":"d@e.f"}",
      ]
    `);
  });

  it('reports business metrics with bad names, kinds, units and duplicates', () => {
    const business = [
      { name: 'orders', kind: 'counter', help: 'Orders.' },
      { name: 'orders_total', kind: 'counter', help: 'Orders.', labels: { service: ['a'] } },
      { name: 'orders_total', kind: 'counter', help: 'Orders.' },
      { name: 'http_requests_in_flight', kind: 'gauge', help: 'Taken.' },
      { name: 'wait_seconds', kind: 'histogram', unit: 'seconds', help: 'Wait.' },
    ];
    expect(printed({ business })).toMatchInlineSnapshot(`
      [
        "Cannot use business[0] as a metric, since orders must end with _total if and only if it is a counter: current value is "orders"",
        "Cannot use business[1] as a metric, since orders_total has the label "service", which is set by Prometheus: current value is "orders_total"",
        "Cannot use business[2] as a metric, since orders_total is the name of another metric: current value is "orders_total"",
        "Cannot use business[3] as a metric, since http_requests_in_flight is the name of another metric: current value is "http_requests_in_flight"",
        "Cannot use business[4] as a metric, since wait_seconds must have buckets if and only if it is a histogram: current value is "wait_seconds"",
      ]
    `);
    expect(printed({ business: [{ name: 'a b', kind: 'count', labels: { 'x-y': [] }, watched: true }] }))
      .toMatchInlineSnapshot(`
      [
        "Cannot use business[0] as a business metric must have "help": current value is {"name":"a b","kind":"count","labels":{"x-y":[]},"watched":true}",
        "Cannot use business[0].name as a metric name must be letters, digits, underscores and colons, and must not start with a digit: current value is "a b"",
        "Cannot use business[0].kind as the kind of a metric must be one of "counter", "gauge" and "histogram": current value is "count"",
        "Cannot use business[0].labels["x-y"] as a label name must be letters, digits and underscores, must not start with a digit or "__": current value is "x-y"",
        "Cannot use business[0].labels["x-y"] as a list of label values must not be empty: current value is []",
        "Cannot use business[0].watched as a watched metric must be a counter: current value is true",
      ]
    `);
  });

  it('takes the bounds of a preset for thresholds, and its name', () => {
    for (const preset of ['express-prom-bundle', 'prometheus-api-metrics', 'promster']) {
      expect(printed(withThresholds(preset))).toEqual([]);
      expect(() => generate(withThresholds(preset))).not.toThrow();
    }
    expect(printed(withThresholds('otel'))).toHaveLength(3);
    expect(printed({ naming: 'promstar' })).toEqual([
      'Cannot use naming as naming must be one of "prometheus", "otel", "express-prom-bundle", "prometheus-api-metrics" and "promster": current value is "promstar"; did you mean "promster"?',
    ]);
  });

  it('reports a metric of the business that a preset exposes too', () => {
    const business = [{ name: 'http_requests_total', kind: 'counter', help: 'Requests.' }];
    expect(printed({ business, naming: 'otel' })).toEqual([]);
    expect(printed({ business, naming: 'promster' })).toEqual([
      'Cannot use naming as naming must not be one with a metric http_requests_total, which is declared under business: current value is "promster"',
    ]);
  });

  it('reports two labels of a metric that are called the same, and one that Prometheus sets', () => {
    const naming = { http_request_duration_seconds: { labels: { route: 'method', status_code: 'job' } } };
    expect(printed({ naming })).toEqual([
      'Cannot use naming.http_request_duration_seconds.labels.route as the label route of http_request_duration_seconds must not be called as its label method: current value is "method"',
      'Cannot use naming.http_request_duration_seconds.labels.status_code as a label name must not be one that Prometheus or a histogram sets: current value is "job"',
    ]);
  });

  it('reports two exporters on one port of loopback', () => {
    const services = [
      { ...api, database: true },
      { name: 'b', url: 'http://localhost:1', database: true },
    ];
    expect(printed({ services })).toEqual([]);
    expect(printed({ services, profile: 'loopback' })).toMatchInlineSnapshot(`
      [
        "Cannot use services[1].database as a datastore must name its exporter in profile "loopback", as services[0] has the default one: current value is true",
      ]
    `);
  });

  it('never throws, whatever it is given', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: true });
    const keys = fc.constantFrom(
      'services',
      'naming',
      'alerts',
      'business',
      'receivers',
      'timing',
      'objectives',
      'links',
      'stack',
      'addAlerts',
      'identity',
    );
    const config = fc.oneof(anything, fc.dictionary(keys, anything), fc.dictionary(keys, fc.array(anything)));
    const property = fc.property(config, (value) => {
      expect(configProblems(value)).toBeInstanceOf(Array);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

describe('validateConfig()', () => {
  it('throws one error with every problem on a line of its own', () => {
    expect(() => validateConfig({ profile: 'x', output: '' })).toThrow(
      expect.objectContaining({
        code: 'TELLTALE_CONFIG',
        message: [
          'Cannot use profile as the profile must be one of "compose", "loopback" and "drill": current value is "x"',
          'Cannot use output as the output folder must be a path: current value is ""',
        ].join('\n'),
      }),
    );
  });
});
