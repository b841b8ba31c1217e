import { describe, expect, it } from 'vitest';
import { allPresets } from '../../src/catalog/presets/all-presets.ts';
import type { Config } from '../../src/config/config.ts';
import { dashboardRules, lintDashboards, subjectOf } from '../../src/lint/dashboard-lint.ts';
import { packOf } from '../dashboards/pack-of.ts';
import { brokenDashboards } from './broken-dashboards.ts';

const configs: Readonly<Record<string, Config>> = {
  default: {},
  'everything on': { exporters: { containers: true, kubernetes: true } },
  'no exporter and no datastore': {
    services: [{ name: 'api', url: 'http://localhost:3000', backups: ['files'] }],
    exporters: { node: false, blackbox: false },
  },
  'no business metric': { business: [] },
  'names of OpenTelemetry': { naming: 'otel' },
  ...Object.fromEntries(allPresets.map(({ id }) => [`names of ${id}`, { naming: id }])),
  'names of the user': {
    identity: { service: 'app', environment: 'env' },
    naming: {
      http_request_duration_seconds: { name: 'http_latency', labels: { status_code: 'code', route: 'handler' } },
    },
  },
  'objectives of the user': {
    objectives: { lines: { latencyP50Seconds: 0.2, latencyP95Seconds: 0.2, databaseConnections: 10 } },
    alerts: { HighErrorRate: { threshold: 0.01 }, BackupStale: { maxAgeHours: 50 } },
  },
};

describe('lintDashboards()', () => {
  it.each(Object.entries(configs))('finds nothing wrong with: %s', (_name, config) => {
    expect(lintDashboards(packOf(config))).toEqual([]);
  });
});

const whole = subjectOf(packOf({}));

describe('each rule', () => {
  it.each(brokenDashboards)('%s: %s', (rule, message, breaking) => {
    const found = dashboardRules.filter(({ name }) => name === rule).flatMap(({ check }) => check(breaking(whole)));
    expect(found.map((problem) => problem.message)).toContain(message);
  });

  it('is shown to fire', () => {
    const fired = new Set(brokenDashboards.map(([rule]) => rule));
    expect(dashboardRules.map(({ name }) => name).filter((name) => !fired.has(name))).toEqual([]);
  });

  it('has a name of its own', () => {
    const names = dashboardRules.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
