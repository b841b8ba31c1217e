import { describe, expect, it } from 'vitest';
import { allAlerts, allMetaAlerts } from '../../src/alerts/all-alerts.ts';
import { allInhibitions } from '../../src/alerts/inhibitions.ts';
import { allRecords } from '../../src/alerts/recording-rules.ts';
import { allPresets } from '../../src/catalog/presets/all-presets.ts';
import type { Config } from '../../src/config/config.ts';
import { toModel } from '../../src/config/to-model.ts';
import { allAlertChecks, checkAlerts } from '../../src/lint/alert-checks.ts';
import { type LintAlert, type RuleSet, ruleSetOf } from '../../src/lint/alert-rule-set.ts';

const rulesOf = (config: Config): RuleSet => {
  const model = toModel(config);
  return ruleSetOf(model, {
    alerts: [...allAlerts(model), ...allMetaAlerts(model)],
    records: allRecords(model),
    inhibitions: allInhibitions(model),
  });
};

const shipped = rulesOf({});
const promster = rulesOf({ naming: 'promster' });

/** A sound rule, to be broken. */
const sound: LintAlert = {
  name: 'Broken',
  branches: [{ id: 'one', expression: 'max by (environment, service) (up) == 0' }],
  labels: { severity: 'critical', component: 'api', team: 'platform' },
  texts: { summary: '{{ $labels.service }} is down' },
  alwaysFires: false,
};
const withAlert = (change: Partial<LintAlert>): RuleSet => ({
  ...shipped,
  alerts: [{ ...sound, ...change }],
  records: [],
  inhibitions: [],
});
const withExpression = (expression: string): RuleSet => withAlert({ branches: [{ id: 'one', expression }] });
const summaries = (check: string, rules: RuleSet): readonly string[] =>
  (allAlertChecks[check]?.(rules) ?? []).map(({ summary }) => summary);

const inhibit = (inhibition: Partial<RuleSet['inhibitions'][number]>): RuleSet => ({
  ...shipped,
  inhibitions: [
    {
      source: { alertname: 'ServiceDown' },
      target: { alertname: ['HighErrorRate'] },
      equal: ['environment', 'service'],
      reason: 'test',
      ...inhibition,
    },
  ],
});

describe('checkAlerts()', () => {
  it.each([
    ['the default pack', {}],
    ['every source', { exporters: { containers: true, kubernetes: true } }],
    [
      'no source but the service',
      { services: [{ name: 'web', url: 'http://web' }], exporters: { node: false, blackbox: false }, business: [] },
    ],
    [
      'the names of OpenTelemetry and of the user',
      { naming: 'otel', identity: { service: 'app', environment: 'env' } },
    ],
    ...allPresets.map(({ id }): [string, Config] => [`the names of ${id}`, { naming: id }]),
    ['a drill', { profile: 'drill', timing: { scrapeInterval: '1s', evaluationInterval: '1s', speedUp: 30 } }],
  ] satisfies [string, Config][])('finds nothing in %s', (_, config) => {
    expect(checkAlerts(rulesOf(config))).toEqual([]);
  });

  it('finds nothing in the sound rule that the others break', () => {
    expect(checkAlerts(withAlert({}))).toEqual([]);
  });

  it('names the check, the rule and the place', () => {
    expect(checkAlerts(withExpression('max by (service) (up)'))).toEqual([
      {
        check: 'alert-comparison',
        rule: 'Broken (one)',
        summary: 'fires for every series that it selects, as it compares nothing',
        details: 'max by (service) (up)',
      },
    ]);
  });
});

describe('alert-comparison', () => {
  const none = ['fires for every series that it selects, as it compares nothing'];
  it.each([
    ['up', none],
    ['up and on (service) queue_depth > 1', none],
    ['label_replace(up, "a", "b", "", "")', none],
    ['up == 0 or queue_depth', none],
    ['rate(payments_total[5m]) / 5', none],
    ['(up == 0) and queue_depth', []],
    ['absent(up)', []],
    ['label_replace(up == 0, "a", "b", "", "")', []],
    ['up == 0 or absent(up)', []],
  ])('%s', (expression, found) => {
    expect(summaries('alert-comparison', withExpression(expression))).toEqual(found);
  });

  it('lets an alert fire all the time on purpose', () => {
    const rules = withAlert({ alwaysFires: true, branches: [{ id: 'one', expression: 'vector(1)' }] });
    expect(summaries('alert-comparison', rules)).toEqual([]);
  });
});

describe('alert-expression', () => {
  it.each([
    ['up ==', ['does not parse near "up =="']],
    ['uptime == 0', ['selects "uptime", which is not in the catalog']],
    ['up{pool="a"} == 0', ['matches label "pool", which "up" does not have']],
  ])('%s', (expression, found) => {
    expect(summaries('alert-expression', withExpression(expression))).toEqual(found);
  });
});

describe('alert-template-labels', () => {
  it.each([
    ['{{ $labels.instance }} is down', ['uses label "instance" in "summary", which its query drops']],
    ['{{ index $labels "service.name" }}', ['uses label "service.name" in "summary", which its query drops']],
    ['{{ $labels.service is down', ['has an action in "summary" that does not close']],
    ['{{ if $labels.service }}{{ $value | humanize }}{{ end }}', []],
    ['a brace { of no action', []],
  ])('%s', (summary, found) => {
    expect(summaries('alert-template-labels', withAlert({ texts: { summary } }))).toEqual(found);
  });

  it('keeps values and dropped labels out of labels', () => {
    const labels = { severity: 'critical', value: '{{ $value }}', who: '{{ $labels.instance }}' };
    expect(summaries('alert-template-labels', withAlert({ labels }))).toEqual([
      'uses label "instance" in "who", which its query drops',
      'puts its value into label "value"',
    ]);
  });
});

describe('alert-fragile-topk', () => {
  it('finds topk in alerts and in records', () => {
    const rules = withExpression('topk(3, up) == 0');
    const record = { name: 'r', labels: {}, branches: [{ id: 'record', expression: 'bottomk(1, up)' }] };
    expect(summaries('alert-fragile-topk', { ...rules, records: [record] })).toEqual([
      'uses topk, whose series change from one evaluation to the next',
      'uses bottomk, whose series change from one evaluation to the next',
    ]);
  });
});

describe('alert-regex', () => {
  it.each([
    ['up{job=~"app"} == 0', ['matches "job" with a regular expression, where "app" has nothing to expand']],
    ['up{job!~"app"} == 0', ['matches "job" with a regular expression, where "app" has nothing to expand']],
    ['up{job=~".*"} == 0', ['matches "job" with ".*", which is anything']],
    ['up{job=~"app|web"} == 0', []],
    ['up{job="app"} == 0', []],
  ])('%s', (expression, found) => {
    expect(summaries('alert-regex', withExpression(expression))).toEqual(found);
  });
});

describe('alert-impossible-matcher', () => {
  it.each([
    [
      'up{job="a",job="b"} == 0',
      [
        'cannot match job="a" together with its other matchers of "job"',
        'cannot match job="b" together with its other matchers of "job"',
      ],
    ],
    ['up{job="a",job!~"a|b"} == 0', ['cannot match job="a" together with its other matchers of "job"']],
    ['rate(payments_total{status="lost"}[5m]) > 1', ['matches status="lost", but its values are succeeded, failed']],
    ['pg_up{job="app"} == 0', ['matches job="app", but its values are postgres']],
    ['rate(payments_total{status=~"fail.*"}[5m]) > 1', []],
    ['up{job="a",job!="b"} == 0', []],
  ])('%s', (expression, found) => {
    expect(summaries('alert-impossible-matcher', withExpression(expression))).toEqual(found);
  });
});

describe('alert-impossible-matcher under other names', () => {
  const methods = 'get, head, post, put, patch, delete, options, connect, trace, other';
  it.each([
    ['GET', [`matches method="GET", but its values are ${methods}`]],
    ['get', []],
  ])('takes method %s as the naming spells it', (method, found) => {
    const requests = `rate(http_request_duration_seconds_count{method="${method}"}[5m]) > 1`;
    expect(summaries('alert-impossible-matcher', { ...withExpression(requests), known: promster.known })).toEqual(
      found,
    );
  });
});

describe('alert-rate-window', () => {
  it('wants four scrapes in a window', () => {
    expect(summaries('alert-rate-window', withExpression('rate(payments_total[45s]) > 1'))).toEqual([
      'looks back 45s, which is less than 4 scrapes of 15s',
    ]);
    expect(summaries('alert-rate-window', withExpression('rate(payments_total[1m]) > 1'))).toEqual([]);
  });
});

describe('alert-inhibition-labels', () => {
  it.each([
    [
      'a label that the source lacks',
      inhibit({ equal: ['instance'] }),
      [
        'is the source of an inhibition by label "instance", which it does not carry',
        'is the target of an inhibition by label "instance", which it does not carry',
      ],
    ],
    [
      'a label that only one branch has',
      inhibit({
        source: { alertname: 'HealthCheckFailing' },
        target: { alertname: 'EventLoopLagHigh' },
        equal: ['instance'],
      }),
      ['is the source of an inhibition by label "instance", which it does not carry'],
    ],
    [
      'a matcher on a label that the target lacks',
      inhibit({ target: { alertname: 'HighErrorRate', slo: 'availability' } }),
      ['is the target of an inhibition by label "slo", which it does not carry'],
    ],
    [
      'an alert that does not exist',
      inhibit({ source: { alertname: 'ServiceGone' } }),
      ['has a source that no alert matches'],
    ],
    [
      'an alternative of "without that label"',
      inhibit({ target: { alertname: 'HighErrorRate', datastore: ['redis', ''] } }),
      [],
    ],
    ['what is sound', inhibit({}), []],
  ])('%s', (_, rules, found) => {
    expect(summaries('alert-inhibition-labels', rules)).toEqual(found);
  });
});
