/** Probes from outside, through blackbox_exporter (>= 0.24). The instance label is the URL that is probed. */
import type { MetricCatalog } from './metric.ts';

const from = { exposedBy: 'blackbox-exporter', otel: null, versions: '>=0.24', kind: 'gauge', labels: {} } as const;

export const blackboxExporterCatalog = {
  success: { ...from, name: 'probe_success', unit: 'state', help: '1 if the last probe succeeded.' },
  duration: { ...from, name: 'probe_duration_seconds', unit: 'seconds', help: 'Time of the last probe.' },
  certificateExpiry: {
    ...from,
    name: 'probe_ssl_earliest_cert_expiry',
    unit: 'timestamp',
    help: 'When the first certificate of the chain expires (https only).',
  },
} as const satisfies MetricCatalog;
