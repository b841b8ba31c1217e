import { describe, expect, it } from 'vitest';
import { allAlerts, allMetaAlerts } from '../../src/alerts/all-alerts.ts';
import { allInhibitions } from '../../src/alerts/inhibitions.ts';
import type { Config } from '../../src/config/config.ts';
import { toModel } from '../../src/config/to-model.ts';

const inhibitionsOf = (config: Config) => allInhibitions(toModel(config));

/** `ServiceDown -> HighErrorRate` for every pair of names. */
const pairsOf = (config: Config): readonly string[] =>
  inhibitionsOf(config).flatMap(({ source, target }) =>
    [target['alertname'] ?? []].flat().map((name) => `${String(source['alertname'])} -> ${name}`),
  );

describe('allInhibitions()', () => {
  it('mutes every symptom of a service that is down', () => {
    expect(pairsOf({})).toEqual(
      expect.arrayContaining([
        'ServiceDown -> HighErrorRate',
        'ServiceDown -> HealthCheckFailing',
        'ServiceDown -> ErrorBudgetBurnFast',
        'ServiceDown -> EventLoopLagHigh',
      ]),
    );
    expect(pairsOf({})).not.toContain('ServiceDown -> DatabaseConnectionLost');
  });

  it('pages once for failing requests: the availability SLO of the whole service, not that of some routes', () => {
    const slos = [
      { name: 'uptime', kind: 'availability', objectiveRatio: 0.999 },
      { name: 'checkout', kind: 'availability', objectiveRatio: 0.999, routes: ['/checkout'] },
    ] as const;
    const found = inhibitionsOf({ objectives: { slos } }).find(({ source }) => source['alertname'] === 'HighErrorRate');
    expect(found?.target).toEqual({ alertname: ['ErrorBudgetBurnFast'], slo: ['uptime'] });
  });

  it('mutes only database symptoms by a lost database, not by a lost Redis', () => {
    const found = inhibitionsOf({}).filter(({ target }) => target['alertname']?.includes('DatabaseQueriesSlow'));
    expect(found.map(({ source }) => source)).toContainEqual({
      alertname: 'DatabaseConnectionLost',
      datastore: 'postgresql',
    });
    expect(found.map(({ source }) => source)).not.toContainEqual({ alertname: 'DatabaseConnectionLost' });
  });

  it('mutes the symptoms of each declared dependant of a shared datastore, its own loss included', () => {
    expect(inhibitionsOf({}).at(-1)).toEqual({
      source: { alertname: 'DatabaseConnectionLost', datastore: 'postgresql', service: 'api' },
      target: {
        alertname: [
          'HighErrorRate',
          'HighResponseTime',
          'ErrorBudgetBurnFast',
          'ErrorBudgetBurnSlow',
          'BusinessActivityDrop',
          'DatabaseConnectionsHigh',
          'DatabaseQueriesSlow',
          'DatabaseConnectionLost',
        ],
        datastore: ['postgresql', ''],
        service: 'payments',
      },
      equal: ['environment'],
      reason: 'payments shares the postgresql of api',
    });
  });

  it('never names an alert that the model does not have', () => {
    const config: Config = {
      services: [{ name: 'web', url: 'http://web:3000' }],
      alerts: { HighErrorRate: { enabled: false } },
    };
    const model = toModel(config);
    const known = new Set([...allAlerts(model), ...allMetaAlerts(model)].map(({ name }) => name));
    const named = allInhibitions(model).flatMap(({ source, target }) =>
      [source['alertname'] ?? [], target['alertname'] ?? []].flat(2),
    );
    expect(named.filter((name) => !known.has(name))).toEqual([]);
    expect(named).not.toHaveLength(0);
  });

  it('holds environment in every `equal`, and service in all but those that name both services', () => {
    const inhibitions = inhibitionsOf({});
    expect(inhibitions.filter(({ equal }) => !equal.includes('environment'))).toEqual([]);
    const across = inhibitions.filter(({ equal }) => !equal.includes('service'));
    expect(across.map(({ source, target }) => [source['service'], target['service']])).toEqual([['api', 'payments']]);
  });
});
