import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { allInhibitions } from '../../src/alerts/inhibitions.ts';
import type { Config } from '../../src/config/config.ts';
import { toModel } from '../../src/config/to-model.ts';
import { alertmanagerConfig, alertmanagerFiles } from '../../src/emit/alertmanager.ts';
import { receiverKinds } from '../../src/emit/alertmanager-receivers.ts';
import { alertmanagerTemplates, templateNames } from '../../src/emit/alertmanager-templates.ts';
import { everyReceiver } from './alertmanager-receivers.ts';

interface Parsed {
  readonly route: Readonly<Record<string, unknown>> & { readonly routes: readonly Readonly<Record<string, unknown>>[] };
  readonly receivers: readonly Readonly<Record<string, unknown>>[];
  readonly inhibit_rules: readonly Readonly<Record<string, readonly string[]>>[];
  readonly time_intervals?: unknown;
}

const textOf = (config: Config): string => {
  const model = toModel(config);
  return alertmanagerConfig(model, allInhibitions(model));
};
const parsed = (config: Config): Parsed => load(textOf(config)) as Parsed;

describe('alertmanagerConfig()', () => {
  it('works without a receiver: nobody is told, and the Watchdog goes nowhere', () => {
    const { route, receivers } = parsed({});
    expect(receivers).toEqual([{ name: 'nobody' }, { name: 'deadman' }]);
    expect(route).toEqual({
      receiver: 'nobody',
      group_by: ['alertname', 'environment', 'service'],
      group_wait: '30s',
      group_interval: '5m',
      repeat_interval: '12h',
      routes: [
        {
          receiver: 'deadman',
          matchers: ['alertname="Watchdog"'],
          group_wait: '0s',
          group_interval: '1m',
          repeat_interval: '5m',
        },
        { receiver: 'nobody', matchers: ['severity="critical"'], repeat_interval: '1h' },
        { receiver: 'nobody', matchers: ['severity="warning"'], repeat_interval: '12h' },
      ],
    });
  });

  it('routes by severity, team and environment, and tells everybody who matches', () => {
    const [watchdog, critical, warning] = parsed({ receivers: everyReceiver }).route.routes;
    expect(watchdog?.['receiver']).toBe('deadman');
    expect(critical?.['routes']).toEqual([
      { receiver: 'pager', continue: true },
      { receiver: 'payments-chat', matchers: ['team="payments"'], continue: true },
      { receiver: 'duty', matchers: ['team="classroom"'], continue: true },
      { receiver: 'hook', continue: true },
    ]);
    expect(warning?.['routes']).toEqual([
      { receiver: 'chat', continue: true, active_time_intervals: ['chat-hours'] },
      { receiver: 'payments-chat', matchers: ['team="payments"'], continue: true },
      { receiver: 'staging', matchers: ['environment="staging"'], continue: true },
      { receiver: 'mail', continue: true },
    ]);
  });

  it('has a real root receiver as soon as there is one', () => {
    expect(parsed({ receivers: everyReceiver }).route['receiver']).toBe('chat');
    expect(parsed({ receivers: everyReceiver.filter(({ kind }) => kind === 'msteams') }).route['receiver']).toBe(
      'payments-chat',
    );
  });

  it('reads every secret from a file beside it, and holds none', () => {
    const { receivers } = parsed({ receivers: everyReceiver });
    const files = receivers.flatMap(({ name: _name, ...lists }) =>
      (Object.values(lists) as Readonly<Record<string, unknown>>[][])
        .flat()
        .flatMap((fields) => Object.entries(fields).filter(([field]) => field.endsWith('_file'))),
    );
    expect(files).toEqual([
      ['routing_key_file', 'secrets/pagerduty-key'],
      ['api_url_file', 'secrets/slack-url'],
      ['webhook_url_file', 'secrets/teams-url'],
      ['webhook_url_file', 'secrets/discord-url'],
      ['auth_password_file', 'secrets/mail-password'],
      ['api_key_file', 'secrets/opsgenie-key'],
      ['url_file', 'secrets/hook-url'],
      ['url_file', 'secrets/deadman-url'],
    ]);
  });

  it('hands settings on: switches as such, and by the names of Alertmanager', () => {
    const { receivers } = parsed({ receivers: everyReceiver });
    const configs = receivers.flatMap((receiver) => (receiver['email_configs'] ?? []) as readonly unknown[]);
    expect(configs[0]).toMatchObject({
      to: 'ops@example.org',
      auth_username: 'alerts',
      require_tls: false,
    });
  });

  it('keeps the hours of a receiver', () => {
    expect(parsed({ receivers: everyReceiver }).time_intervals).toEqual([
      {
        name: 'chat-hours',
        time_intervals: [
          {
            times: [{ start_time: '09:00', end_time: '17:00' }],
            weekdays: ['monday:friday'],
            location: 'Europe/Paris',
          },
        ],
      },
    ]);
  });

  it('warns that Opsgenie ends', () => {
    expect(textOf({ receivers: everyReceiver }).split('\n')[1]).toBe(
      '# Support of Opsgenie ends in April 2027: plan the move.',
    );
  });

  it('inhibits with quoted matchers, by the labels of the user', () => {
    const { inhibit_rules } = parsed({ identity: { service: 'app' } });
    expect(inhibit_rules.at(-1)).toEqual({
      source_matchers: ['alertname="DatabaseConnectionLost"', 'datastore="postgresql"', 'app="api"'],
      target_matchers: [
        'alertname=~"HighErrorRate|HighResponseTime|ErrorBudgetBurnFast|ErrorBudgetBurnSlow|BusinessActivityDrop|DatabaseConnectionsHigh|DatabaseQueriesSlow|DatabaseConnectionLost"',
        'datastore=~"postgresql|"',
        'app="payments"',
      ],
      equal: ['environment'],
    });
    const matchers = inhibit_rules.flatMap((rule) => [
      ...(rule['source_matchers'] ?? []),
      ...(rule['target_matchers'] ?? []),
    ]);
    expect(matchers.filter((matcher) => !/^[\w.]+(=|=~)".*"$/.test(matcher))).toEqual([]);
  });
});

describe('alertmanagerFiles()', () => {
  it('are the configuration and its templates', () => {
    const model = toModel({});
    const files = alertmanagerFiles({ model, inhibitions: allInhibitions(model) });
    expect([...files.keys()]).toEqual(['monitoring/alertmanager.yml', 'monitoring/templates/telltale.tmpl']);
  });
});

describe('alertmanagerTemplates()', () => {
  it('define every template that a receiver uses', () => {
    const used = JSON.stringify(receiverKinds).match(/telltale\.\w+/g) ?? [];
    expect(used.filter((name) => !templateNames.includes(name))).toEqual([]);
    expect(templateNames.filter((name) => !alertmanagerTemplates().includes(`{{ define "${name}" }}`))).toEqual([]);
  });
});
