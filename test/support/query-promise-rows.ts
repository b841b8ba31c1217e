/** Queries whose promise is waited for. */
import { outcome, type QueryRow, withClient } from './query-rows.ts';

class OwnPromise<T> extends Promise<T> {}

export const promiseRows: readonly QueryRow[] = [
  {
    title: 'a text',
    act: (pool) => outcome(pool.query('select 1 as n')),
    queries: { select: 1 },
  },
  {
    title: 'a text with parameters',
    act: (pool) => outcome(pool.query('select $1::int + $2::int as n', [3, 4])),
    queries: { select: 1 },
  },
  {
    title: 'a config whose rows are arrays',
    act: (pool) => outcome(pool.query({ text: 'values ($1::int, 2)', values: [1], rowMode: 'array' })),
    queries: { select: 1 },
  },
  {
    title: 'a named statement that is sent twice, and its name with another text',
    options: { max: 1 },
    act: async (pool) => {
      const named = (text: string, n: number): Promise<unknown> =>
        outcome(pool.query({ name: 'of-n', text, values: [n] }));
      const known = 'select $1::int as n';
      return [await named(known, 1), await named(known, 2), await named('delete from t where n = $1::int', 3)];
    },
    queries: { select: 2, delete: 1 },
    errors: { 'other delete': 1 },
  },
  {
    title: 'several statements in one text, which count as the first',
    act: (pool) => outcome(pool.query('insert into pairs values (1, 1); select * from pairs; delete from pairs')),
    queries: { insert: 1 },
  },
  {
    title: 'a text without a statement',
    act: (pool) => outcome(pool.query('')),
    queries: { other: 1 },
  },
  {
    title: 'a failure of pool.query()',
    act: (pool) => outcome(pool.query('insert into pairs values ($1, 2), ($1, 3)', [1])),
    queries: { insert: 1 },
    errors: { '23 insert': 1 },
  },
  {
    title: 'a failure of client.query()',
    act: (pool) => withClient(pool, (client) => outcome(client.query('select nothing'))),
    queries: { select: 1 },
    errors: { '42 select': 1 },
  },
  {
    title: 'a statement that takes longer than statement_timeout',
    options: { statement_timeout: 50 },
    act: (pool) => outcome(pool.query('update pairs set n = 1 from pg_sleep(20)')),
    queries: { update: 1 },
    errors: { '57 update': 1 },
  },
  {
    title: "promises of the application's own class",
    options: { Promise: OwnPromise },
    act: (pool) =>
      withClient(pool, async (client) => {
        const promises = [pool.query('select 1'), pool.connect(), client.query('select 2')] as const;
        (await promises[1]).release();
        await Promise.all(promises);
        return promises.map((promise) => promise.constructor.name);
      }),
    queries: { select: 2 },
  },
  {
    title: 'queries of a pipeline, one of which fails',
    options: { pipeline: true },
    act: (pool) =>
      withClient(pool, (client) => {
        const texts = ['select 1 as n', 'delete from nowhere', 'select 2 as n'];
        return Promise.all(texts.map((text) => outcome(client.query(text))));
      }),
    queries: { select: 2, delete: 1 },
    errors: { '42 delete': 1 },
  },
];
