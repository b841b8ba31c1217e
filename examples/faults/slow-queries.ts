import { defineFault } from './fault.ts';

export const slowQueries = defineFault({
  name: 'slow-queries',
  does: 'A `pg_sleep` of `millis` runs on the database before `share` of the statements; with a large share, the pool runs dry.',
  services: ['api', 'payments'],
  alerts: ['DatabaseQueriesSlow', 'HighResponseTime', 'DatabaseConnectionsHigh'],
  shows: { 'telltale-database': 'query time, slow queries, pool in use and waiting, top queries' },
  parameters: { millis: 800, share: 0.15 },
  start: ({ seams, pool }, { millis, share }) =>
    seams.query.add(async () => {
      if (Math.random() < share) await pool.query('select pg_sleep($1)', [millis / 1_000]);
    }),
});
