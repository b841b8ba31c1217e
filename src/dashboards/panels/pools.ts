/** Connection pools: used, idle, waiting, and their maximum. */
import { databaseCatalog } from '../../catalog/database.ts';
import { percent } from '../../objectives/in-words.ts';
import type { Expression } from '../../promql/expression.ts';
import { ratio, sumBy } from '../../promql/functions.ts';
import { gauge } from '../../promql/selector.ts';
import type { Model } from '../../model/model.ts';
import type { Row } from '../panel.ts';
import { perPool, poolLegend } from './queries.ts';
import { graph } from './shapes.ts';
import { risesInto } from './thresholds.ts';

const used = sumBy(perPool, gauge(databaseCatalog.poolConnections, { state: 'used' }));
const limit = sumBy(perPool, gauge(databaseCatalog.poolMax));

/** Share (0-1) of a pool's connections that are in use. */
export const poolUse: Expression<(typeof perPool)[number]> = ratio(used, limit);

const noValue = 'No pool reports its connections: is it instrumented?';

export function poolsRow({ knobs }: Model): Row {
  const { threshold } = knobs.DatabaseConnectionsHigh;
  return {
    title: 'Is the pool exhausted?',
    panels: [
      graph({
        key: 'pool',
        title: 'Pool in use',
        description: `Share of each pool's connections that a query holds. Good: well below ${percent(threshold)}, where DatabaseConnectionsHigh fires.`,
        unit: 'ratio',
        targets: [{ expression: poolUse, legend: poolLegend }],
        thresholds: risesInto([threshold, 'red']),
        min: 0,
        max: 1,
        alerts: ['DatabaseConnectionsHigh'],
        related: [{ dashboard: 'telltale-api', panel: 'in-flight' }],
        noValue,
      }),
      graph({
        key: 'pool-connections',
        title: 'Connections of pools',
        description: 'Used and idle connections, with the most that each pool may open dashed. Good: room above used.',
        unit: 'count',
        targets: [
          {
            expression: sumBy([...perPool, 'state'], gauge(databaseCatalog.poolConnections)),
            legend: `${poolLegend} {{state}}`,
          },
          { expression: limit, legend: `${poolLegend} maximum`, muted: true },
        ],
        min: 0,
        alerts: ['DatabaseConnectionsHigh'],
        noValue,
      }),
      graph({
        key: 'pool-waiting',
        title: 'Waiting for a connection',
        description: 'Requests that wait for a connection. Good: at 0; anything else is time that users wait.',
        unit: 'count',
        targets: [{ expression: sumBy(perPool, gauge(databaseCatalog.poolWaiting)), legend: poolLegend }],
        min: 0,
        alerts: ['DatabaseConnectionsHigh'],
        noValue,
      }),
    ],
  };
}
