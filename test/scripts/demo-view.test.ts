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
  snapshot: {
    headlines: [{ dashboard: 'API performance', figures: ['requests 20/s', 'p95 38 ms'] }],
    alerts: [firing, { ...firing, labels: { alertname: 'Watchdog' } }],
    rules: 25,
  },
  addresses: [{ name: 'api', url: 'http://127.0.0.1:3000' }],
  tryThis: ['curl http://127.0.0.1:3001/faults'],
  elapsedSeconds: 125,
  colours: false,
  columns: 100,
};

describe('renderView()', () => {
  it('shows a headline for each dashboard, the alerts, the addresses and a fault to try', () => {
    expect(renderView(options)).toBe(
      [
        'Telltale demo  up 2m 05s, Ctrl-C stops everything',
        '',
        '  API performance   requests 20/s   p95 38 ms',
        '',
        '  Alerts            25 rules loaded, 1 firing, 0 pending',
        '    FIRING   HighErrorRate           api       12 % of requests fail',
        '',
        '  Addresses',
        '    api             http://127.0.0.1:3000',
        '',
        '  Break something',
        '    curl http://127.0.0.1:3001/faults',
      ].join('\n'),
    );
  });

  it('cuts every line at the width of the terminal', () => {
    const widths = renderView({ ...options, columns: 40 })
      .split('\n')
      .map((line) => line.length);
    expect(Math.max(...widths)).toBe(40);
  });

  it('colours only when asked to', () => {
    expect(renderView(options)).not.toContain('\u001B');
    expect(renderView({ ...options, colours: true })).toContain('\u001B');
  });
});
