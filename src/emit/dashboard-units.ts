/** Grafana's ids of our units. Source: https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts */
import type { DisplayUnit } from '../dashboards/panel.ts';

export const grafanaUnits = {
  seconds: 's',
  bytes: 'bytes',
  bytes_per_second: 'binBps',
  ratio: 'percentunit',
  count: 'short',
  per_second: 'eps',
  requests_per_second: 'reqps',
  operations_per_second: 'ops',
  amount: 'locale',
  age: 's',
  state: 'none',
  cores: 'short',
} as const satisfies Readonly<Record<DisplayUnit, string>>;
