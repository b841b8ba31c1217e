/** What is reported of the metrics of the process: their bars, their table and how they were measured. */
import type { RuntimeCost } from '../measure/runtime.ts';
import type { Scale } from '../scale.ts';
import type { Results } from '../results.ts';
import type { RuntimeContestant } from '../runtime-contestants.ts';
import type { Bar } from './bars.ts';
import { figure, withInterval } from './figures.ts';
import type { Table } from './text-table.ts';

export const runtimeBars: readonly Bar[] = [
  {
    title: 'a scrape of runtimeMetrics() at most that of collectDefaultMetrics()',
    measured: ({ runtime: { scrape } }) => `${withInterval(scrape.oursLessTheirsMicros)} us`,
    isMet: ({ runtime: { scrape } }) => scrape.oursLessTheirsMicros.low <= 0,
  },
  {
    title: 'and a busy process with it no slower, within the noise',
    measured: ({ runtime: { work } }) =>
      `${withInterval(work.oursLessTheirsMicros)} us of ${figure(work.bareMicros)}, ` +
      `would have seen ${figure(work.detectableMicros)} us`,
    isMet: ({ runtime: { work } }) => work.oursLessTheirsMicros.low <= 0,
  },
];

const titles: readonly (readonly [RuntimeContestant, string])[] = [
  ['bare', 'nothing recorded'],
  ['bare-again', 'nothing recorded, again'],
  ['telltale', 'runtimeMetrics()'],
  ['prom-client', 'collectDefaultMetrics()'],
];

export function runtimeTable({ runtime: { series, scrape, work } }: Results): Table {
  const rows = titles.map(([id, title]) => [title, String(series[id]), addedOf(scrape, id), addedOf(work, id)]);
  return {
    title: 'Metrics of the process',
    rows: [
      ['CPU time added', 'series', 'us per scrape (95 % interval)', 'us per turn of work (95 % interval)'],
      ...rows,
    ],
    note: `A turn of work takes ${figure(work.bareMicros)} us by itself; a difference of ${figure(work.detectableMicros)} us would have been seen in 80 % of runs.`,
  };
}

function addedOf({ addedMicros }: RuntimeCost, id: RuntimeContestant): string {
  return id === 'bare' ? '' : withInterval(addedMicros[id]);
}

export function runtimeMethod({ batches, roundsPerBatch, scrapes, turns }: Scale['runtime']): string {
  return `- **Metrics of the process** (${batches} batches of ${roundsPerBatch} rounds, ${scrapes} scrapes and ${turns} turns each, in processes of their own): a
  scrape is \`registry.metrics()\` of a registry with nothing else. A turn of work goes once around the event loop and makes
  garbage for a fifth of a collection, of a young generation of one megabyte, so that delay monitor and GC observer have
  something to do. CPU time is that of all threads of the process.`;
}
