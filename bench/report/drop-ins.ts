/** What is reported of the drop-ins: their bars, their table and how they were measured. */
import type { AddedResult, Results } from '../results.ts';
import type { Scale } from '../scale.ts';
import type { Bar } from './bars.ts';
import { figure, withInterval } from './figures.ts';
import type { Table } from './text-table.ts';

const micros = 1_000;

export const dropInBars: readonly Bar[] = [
  {
    title: 'a pg query through instrumentPool() at most 5 us more CPU time',
    measured: ({ dropIns: { poolQuery } }) => `${withInterval(poolQuery.addedNanos, micros)} us`,
    isMet: ({ dropIns: { poolQuery } }) => poolQuery.addedNanos.high <= 5 * micros,
  },
  {
    title: 'a get through instrumentCache() at most 150 ns more CPU time',
    measured: ({ dropIns: { cacheGet } }) => `${withInterval(cacheGet.addedNanos)} ns`,
    isMet: ({ dropIns: { cacheGet } }) => cacheGet.addedNanos.high <= 150,
  },
];

interface Row {
  readonly title: string;
  readonly resultOf: (results: Results) => AddedResult;
  readonly divisor: number;
}

const rows: readonly Row[] = [
  {
    title: 'query of pg.Pool, CPU time of its process, us',
    resultOf: ({ dropIns }) => dropIns.poolQuery,
    divisor: micros,
  },
  { title: 'get of lru-cache, CPU time of its process, ns', resultOf: ({ dropIns }) => dropIns.cacheGet, divisor: 1 },
];

export function dropInsTable(results: Results): Table {
  const body = rows.map(({ title, resultOf, divisor }) => {
    const { bareNanos, addedNanos, noiseNanos, detectableNanos } = resultOf(results);
    return [
      title,
      figure(bareNanos / divisor),
      withInterval(addedNanos, divisor),
      withInterval(noiseNanos, divisor),
      figure(detectableNanos / divisor),
    ];
  });
  return {
    title: 'Drop-ins',
    rows: [
      ['per call', 'bare', 'added (95 % interval)', 'added by a second bare one', 'would have been seen'],
      ...body,
    ],
  };
}

export function dropInsMethod({ poolQuery, cacheGet }: Scale['dropIns']): string {
  return (
    `- **Drop-ins** (queries: ${roundsOf(poolQuery)}; gets: ${roundsOf(cacheGet)}; each batch has new processes, one each for\n` +
    '  bare, bare again and instrumented): queries with a parameter go through a pg.Pool of four connections to a real\n' +
    '  PostgreSQL; the cache is in memory, and one read of ten misses. CPU time of the process that asks counts: on the clock a\n' +
    '  query is mostly the wait for the server.'
  );
}

function roundsOf({ batches, roundsPerBatch, calls }: Scale['dropIns']['poolQuery']): string {
  return `${batches} batches of ${roundsPerBatch} rounds of ${calls}`;
}
