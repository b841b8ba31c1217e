/** Whether datastores can be reached, as their exporters and the services themselves see it. */
import { healthCatalog } from '../../catalog/health.ts';
import { postgresExporterCatalog } from '../../catalog/postgres-exporter.ts';
import { redisExporterCatalog } from '../../catalog/redis-exporter.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import { minBy } from '../../promql/functions.ts';
import { gauge } from '../../promql/selector.ts';
import type { Row } from '../panel.ts';
import { perService, serviceLegend } from './expressions.ts';
import { graph } from './shapes.ts';

export function reachabilityRow(): Row {
  return {
    title: 'Is the database there?',
    panels: [
      graph({
        key: 'health-checks',
        title: 'Datastores out of reach',
        description:
          'What its exporter cannot reach, and the own checks that a service fails: each adds a block of its colour while it does. Good: none throughout; a check that fails alone is a network or a credential.',
        unit: 'count',
        width: 24,
        height: 6,
        stacked: true,
        stepped: true,
        targets: [
          {
            expression: down(minBy(perService, gauge(postgresExporterCatalog.up))),
            legend: `PostgreSQL of ${serviceLegend}`,
          },
          { expression: down(minBy(perService, gauge(redisExporterCatalog.up))), legend: `Redis of ${serviceLegend}` },
          {
            expression: down(minBy([...perService, 'check'], gauge(healthCatalog.status))),
            legend: `${serviceLegend} check: {{check}}`,
          },
        ],
        min: 0,
        alerts: ['DatabaseConnectionLost'],
        related: [{ dashboard: 'telltale-infrastructure', panel: 'targets-up' }],
        noValue: 'Neither an exporter nor a service reports on a datastore',
      }),
    ],
  };
}

/** 1 while it is down: what is up all day would be a line over a line. */
function down(state: Expression): Expression {
  return promql`${state} == bool 0`;
}
