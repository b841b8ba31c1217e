import { describe, expect, it } from 'vitest';
import { renderView, type ViewOptions } from '../../scripts/demo/view.ts';
import type { AlertState } from '../../src/proof/prometheus-api.ts';

const firing: AlertState = {
  labels: { alertname: 'HighErrorRate', service: 'api' },
  annotations: { summary: '12 % of requests fail' },
  state: 'firing',
  activeAt: '2026-01-01T00:00:00Z',
};
const options: ViewOptions = {
  dashboards: ['http://127.0.0.1:3010'],
  snapshot: {
    headlines: [{ dashboard: 'API performance', figures: ['requests 20/s', 'p95 38 ms'] }],
    alerts: [firing, { ...firing, labels: { alertname: 'Watchdog' } }],
    rules: 25,
  },
  notifications: [{ at: new Date(2026, 0, 1, 11, 2, 3), status: 'firing', alert: 'HighErrorRate', service: 'api' }],
  addresses: [{ name: 'api', url: 'http://127.0.0.1:3000' }],
  note: 'Alerts wait 15 s here.',
  elapsedSeconds: 125,
  colours: false,
  columns: 100,
};

describe('renderView()', () => {
  it('shows where the dashboards are, a headline for each, the alerts and the addresses', () => {
    expect(renderView(options)).toBe(
      [
        'Telltale demo  up 2m 05s, Ctrl-C stops everything',
        '',
        '  Dashboards        http://127.0.0.1:3010',
        '',
        '  API performance   requests 20/s   p95 38 ms',
        '',
        '  Alerts            25 rules loaded, 1 firing, 0 pending',
        '    FIRING   HighErrorRate           api       12 % of requests fail',
        '    Alerts wait 15 s here.',
        '',
        '  Notified          by Alertmanager, newest first',
        '    11:02:03  firing    HighErrorRate           api',
        '',
        '  Addresses',
        '    api             http://127.0.0.1:3000',
      ].join('\n'),
    );
  });

  it('says in full why there are no dashboards', () => {
    const dashboards = ['Cannot build the page as npm ci ended with code 1', 'fix: connect to the registry'];
    const lines = renderView({ ...options, dashboards, columns: 40 }).split('\n');
    expect(lines.slice(2, 5)).toEqual([
      '  Dashboards        Cannot build the page as npm ci ended with code 1',
      '                    fix: connect to the registry',
      '',
    ]);
  });

  it('cuts every other line at the width of the terminal', () => {
    const widths = renderView({ ...options, columns: 40 })
      .split('\n')
      .slice(4)
      .map((line) => line.length);
    expect(Math.max(...widths)).toBe(40);
  });

  it('colours only when asked to', () => {
    expect(renderView(options)).not.toContain('\u001B');
    expect(renderView({ ...options, colours: true })).toContain('\u001B');
  });
});
