/** What the project holds itself to, judged by what was measured in the same run. */
import type { Results } from '../results.ts';
import { type Estimate, overlaps } from '../statistics.ts';
import { dropInBars } from './drop-ins.ts';
import { figure, withInterval } from './figures.ts';
import { runtimeBars } from './runtime.ts';

export interface Bar {
  readonly title: string;
  readonly measured: (results: Results) => string;
  readonly isMet: (results: Results) => boolean;
}

/** A count per request that is meant to be zero: what the counting itself leaves behind is below this. */
const noise = 0.05;

const nanosOf = ({ isolated }: Results, id: string): number => isolated.get(id)?.nanos.median ?? Number.NaN;
const cpuOf = ({ cpu }: Results, id: string): Estimate =>
  cpu.byContestant.get(id)?.addedMicros ?? { median: Number.NaN, low: Number.NaN, high: Number.NaN };
const closuresOf = ({ allocations }: Results): number => allocations.get('telltale')?.closuresInFlight ?? Number.NaN;
const retainedOf = ({ allocations }: Results): number => allocations.get('telltale')?.objectsRetained ?? Number.NaN;

export const allBars: readonly Bar[] = [
  {
    title: 'middleware in isolation at most 0.35 us per request',
    measured: (results) => `${figure(nanosOf(results, 'telltale') / 1_000)} us`,
    isMet: (results) => nanosOf(results, 'telltale') <= 350,
  },
  {
    title: 'and at most 1/10 of express-prom-bundle',
    measured: (results) => `1/${figure(nanosOf(results, 'express-prom-bundle') / nanosOf(results, 'telltale'))}`,
    isMet: (results) => nanosOf(results, 'telltale') * 10 <= nanosOf(results, 'express-prom-bundle'),
  },
  {
    title: 'no closure per request',
    measured: (results) => figure(closuresOf(results)),
    isMet: (results) => Math.abs(closuresOf(results)) < noise,
  },
  {
    title: 'no object retained per request',
    measured: (results) => figure(retainedOf(results)),
    isMet: (results) => Math.abs(retainedOf(results)) < noise,
  },
  {
    title: 'CPU per request: interval overlaps the noise floor',
    measured: (results) =>
      `${withInterval(cpuOf(results, 'telltale'))} us, noise ${withInterval(cpuOf(results, 'bare-again'))} us, ` +
      `would have seen ${figure(results.cpu.detectableMicros)} us`,
    isMet: (results) => overlaps(cpuOf(results, 'telltale'), cpuOf(results, 'bare-again')),
  },
  {
    title: 'scrape at most 1/5 of registry.metrics()',
    measured: ({ scrape }) => `1/${figure(scrape.clientMillis.median / scrape.oursMillis.median)}`,
    isMet: ({ scrape }) => scrape.oursMillis.median * 5 <= scrape.clientMillis.median,
  },
  {
    title: 'scraped lines equal to those of the client',
    measured: ({ scrape }) => (scrape.isEqual ? `equal, ${scrape.lines} lines` : 'not equal'),
    isMet: ({ scrape }) => scrape.isEqual,
  },
  {
    title: "memory per label set at most the client's",
    measured: ({ scrape: { bytesPerLabelSet: bytes } }) =>
      `${figure(bytes.ours.beforeScrape)} bytes, the client's ${figure(bytes.client.beforeScrape)}; ` +
      `once scraped ${figure(bytes.ours.afterScrape)}, the client's ${figure(bytes.client.afterScrape)}`,
    isMet: ({ scrape: { bytesPerLabelSet: bytes } }) =>
      bytes.ours.beforeScrape <= bytes.client.beforeScrape && bytes.ours.afterScrape <= bytes.client.afterScrape,
  },
  {
    title: 'importing the runtime at most 80 ms',
    measured: ({ startUp }) => `${figure(startUp.importMillis.median)} ms`,
    isMet: ({ startUp }) => startUp.importMillis.median <= 80,
  },
  {
    title: 'telltale generate from a cold start at most 1.5 s',
    measured: ({ startUp }) => `${figure(startUp.generateMillis.median / 1_000)} s`,
    isMet: ({ startUp }) => startUp.generateMillis.median <= 1_500,
  },
  ...runtimeBars,
  ...dropInBars,
];
