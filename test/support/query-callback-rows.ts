/** Queries that end in a callback or in events. */
import { Query, type QueryConfig } from 'pg';
import { calledBack, events, outcome, type QueryRow, withClient } from './query-rows.ts';

export const callbackRows: readonly QueryRow[] = [
  {
    title: 'pool.query() with a callback, to a result and to a failure',
    act: async (pool) => [
      await calledBack((callback) => pool.query('select $1::int as n', [1], callback)),
      await calledBack((callback) => pool.query('select nothing', callback)),
    ],
    queries: { select: 2 },
    errors: { '42 select': 1 },
  },
  {
    title: 'client.query() with a callback: last, in the config, and behind parameters',
    act: (pool) =>
      withClient(pool, async (client) => [
        await calledBack((callback) => client.query('select 1 as n', callback)),
        await calledBack((callback) => client.query({ text: 'select 2 as n', callback } as QueryConfig)),
        await calledBack((callback) => client.query('select $1::int as n', [3], callback)),
        await calledBack((callback) => client.query('select nothing', callback)),
      ]),
    queries: { select: 4 },
    errors: { '42 select': 1 },
  },
  {
    title: 'client.query() with two callbacks, of which pg calls the last',
    act: (pool) =>
      withClient(pool, (client) => {
        const query = client.query.bind(client) as (...args: readonly unknown[]) => unknown;
        return calledBack((callback) => query('select 1 as n', () => {}, callback));
      }),
    queries: { select: 1 },
  },
  {
    title: 'what pg refuses to send',
    act: (pool) =>
      withClient(pool, async (client) =>
        [[null], ['select 1', [], 'no function']].map((args) => {
          try {
            return (client.query as (...args: readonly unknown[]) => unknown)(...args);
          } catch (error) {
            return String(error);
          }
        }),
      ),
    // The one without any statement, and the one whose callback is none.
    queries: { other: 1, select: 1 },
    errors: { 'other other': 1, 'other select': 1 },
  },
];

export const eventRows: readonly QueryRow[] = [
  {
    title: 'a Query object, by its events',
    act: (pool) =>
      withClient(pool, (client) => events(client.query(new Query('select n from generate_series(1, 3) n')))),
    queries: { select: 1 },
  },
  {
    title: 'a Query object that fails midway, by its events',
    act: (pool) =>
      withClient(pool, (client) => events(client.query(new Query('select 1 / (3 - n) from generate_series(1, 5) n')))),
    queries: { select: 1 },
    errors: { '22 select': 1 },
  },
  {
    title: 'a Query object that takes longer than query_timeout, and ends later',
    options: { query_timeout: 50 },
    act: (pool) =>
      withClient(pool, async (client) => {
        const timedOut = await events(client.query(new Query('select 1 as n from pg_sleep(0.2)')));
        return [timedOut, await outcome(client.query({ text: 'values (2)', query_timeout: 20_000 } as QueryConfig))];
      }),
    queries: { select: 2 },
    errors: { 'timeout select': 1 },
  },
  {
    title: 'a Query object with a callback of its own',
    act: (pool) =>
      withClient(pool, (client) =>
        calledBack((callback) => {
          const query = new Query('select $1::int as n', [5], callback as never);
          return client.query(query) === query;
        }),
      ),
    queries: { select: 1 },
  },
];
