/** What happens to connections of a pool, and what is heard through them. */
import { once } from 'node:events';
import type { PoolClient } from 'pg';
import { outcome, type QueryRow, withClient } from './query-rows.ts';

export const connectionRows: readonly QueryRow[] = [
  {
    title: 'pool.connect() with a callback, and a client that is released twice',
    act: async (pool) => {
      const given = await new Promise<unknown[]>((resolve) => pool.connect((...args) => resolve(args)));
      const [error, client, release] = given as [unknown, PoolClient, () => void];
      release();
      const second = await outcome(Promise.resolve().then(() => client.release()));
      return [given.length, error, second instanceof Error, pool.idleCount];
    },
    queries: {},
  },
  {
    title: 'a client that is ended under its query',
    act: async (pool) => {
      const client = await pool.connect();
      const query = outcome(client.query('select pg_sleep(20)'));
      await (client as unknown as { end(): Promise<void> }).end();
      const ended = await query;
      client.release();
      return ended;
    },
    queries: { select: 1 },
    errors: { 'network select': 1 },
  },
  {
    title: 'an idle client whose session is ended: an event of the pool, and no failed query',
    act: async (pool) => {
      const [victim, killer] = [await pool.connect(), await pool.connect()];
      victim.release();
      const broken = once(pool, 'error') as Promise<[{ readonly code: string }, PoolClient]>;
      await killer.query('values (pg_terminate_backend($1))', [pidOf(victim)]);
      const [{ code }, client] = await broken;
      killer.release();
      return [code, client === victim, pool.totalCount];
    },
    queries: { select: 1 },
  },
  {
    title: 'notifications',
    act: (pool) =>
      withClient(pool, async (client) => {
        const notified = once(client, 'notification') as Promise<
          [{ readonly channel: string; readonly payload: string }]
        >;
        await client.query('listen news');
        await pool.query("notify news, 'today'");
        const [{ channel, payload }] = await notified;
        return [channel, payload];
      }),
    queries: { other: 2 },
  },
  {
    title: 'the end of a pool while a query runs and another waits',
    options: { max: 1 },
    act: async (pool) => {
      const running = outcome(pool.query('select 1 as n from pg_sleep(0.2)'));
      let waited = 'without an end';
      void pool.query('select 2').finally(() => (waited = 'ended'));
      await pool.end();
      return [await running, waited, await outcome(pool.query('select 3'))];
    },
    queries: { select: 1 },
    errors: { 'other select': 1 },
  },
];

function pidOf(client: PoolClient): unknown {
  return (client as unknown as { readonly processID: unknown }).processID;
}
