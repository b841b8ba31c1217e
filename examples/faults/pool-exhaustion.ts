import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { defineFault } from './fault.ts';

export const poolExhaustion = defineFault({
  name: 'pool-exhaustion',
  does: 'All connections of the pool but `leave` are taken and kept; with 0 left, each query fails after its 2 s wait.',
  services: ['api', 'payments'],
  alerts: ['DatabaseConnectionsHigh', 'DatabaseConnectionLost', 'HighErrorRate'],
  shows: {
    'telltale-database': 'pool in use and waiting, health checks',
    'telltale-api': 'request duration, error ratio',
  },
  parameters: { leave: 1 },
  start: ({ pool }, { leave }) => {
    const held: PoolClient[] = [];
    const ended = new AbortController();
    const hold = async (): Promise<void> => {
      while (!ended.signal.aborted && held.length < maxOf(pool) - leave) {
        const connection = await pool.connect().catch(() => sleep(200, undefined));
        if (ended.signal.aborted) connection?.release();
        else if (connection !== undefined) held.push(connection);
      }
    };
    void hold();
    return () => {
      ended.abort();
      for (const connection of held) connection.release();
    };
  },
});

function maxOf(pool: Pool): number {
  return pool.options.max ?? 10;
}
