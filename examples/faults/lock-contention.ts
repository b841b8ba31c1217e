import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { logError } from '../service/log.ts';
import { defineFault } from './fault.ts';

/** Locks of its own, so that no table of the classroom is in the way. */
const locks = [7_301, 7_302] as const;

export const lockContention = defineFault({
  name: 'lock-contention',
  does: 'Every `everyMillis`, two transactions take the same two locks in opposite order: PostgreSQL ends one as a deadlock.',
  services: ['api'],
  alerts: [],
  shows: { 'telltale-database': 'locks, deadlocks, errors by SQLSTATE class (40)' },
  parameters: { everyMillis: 3_000 },
  start: ({ pool }, { everyMillis }) => {
    const collide = (): void => {
      for (const order of [locks, [...locks].reverse()]) {
        lockInOrder(pool, order).catch((error: unknown) => logError('deadlock, as ordered', error));
      }
    };
    collide();
    const timer = setInterval(collide, everyMillis);
    return () => clearInterval(timer);
  },
});

async function lockInOrder(pool: Pool, order: readonly number[]): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.query('begin');
    for (const lock of order) {
      await connection.query('select pg_advisory_xact_lock($1)', [lock]);
      await sleep(200);
    }
  } finally {
    await connection.query('rollback').catch(() => {});
    connection.release();
  }
}
