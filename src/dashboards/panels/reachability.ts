/** Whether datastores can be reached, as their exporters and the services themselves see it. */
import { healthCatalog } from '../../catalog/health.ts';
import { postgresExporterCatalog } from '../../catalog/postgres-exporter.ts';
import { redisExporterCatalog } from '../../catalog/redis-exporter.ts';
import { minBy } from '../../promql/functions.ts';
import { gauge } from '../../promql/selector.ts';
import type { Row } from '../panel.ts';
import { perService, serviceLegend } from './expressions.ts';
import { graph } from './shapes.ts';
import { upOrDown } from './thresholds.ts';

export function reachabilityRow(): Row {
  return {
    title: 'Is the database there?',
    panels: [
      graph({
        key: 'health-checks',
        title: 'Datastores reachable',
        description:
          'Whether the exporters reach PostgreSQL and Redis, and whether the services pass their own checks. Good: up throughout; a check that fails alone is a network or a credential.',
        unit: 'state',
        width: 24,
        height: 6,
        targets: [
          {
            expression: minBy(perService, gauge(postgresExporterCatalog.up)),
            legend: `PostgreSQL of ${serviceLegend}`,
          },
          { expression: minBy(perService, gauge(redisExporterCatalog.up)), legend: `Redis of ${serviceLegend}` },
          {
            expression: minBy([...perService, 'check'], gauge(healthCatalog.status)),
            legend: `${serviceLegend} checks {{check}}`,
          },
        ],
        mappings: upOrDown,
        min: 0,
        max: 1,
        alerts: ['DatabaseConnectionLost'],
        related: [{ dashboard: 'telltale-infrastructure', panel: 'targets-up' }],
        noValue: 'Neither an exporter nor a service reports on a datastore',
      }),
    ],
  };
}
