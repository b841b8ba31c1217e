/** A process that records itself, or does not: CPU time of one scrape, and of work that keeps the collector busy. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Registry, runtimeMetrics } from 'telltale';
import { loaderOf } from '../paths.ts';
import type { RuntimeAnswer, RuntimeContestant, RuntimeQuestion } from '../runtime-contestants.ts';
import { answerQuestions } from './answer.ts';

interface Client {
  readonly Registry: new () => Registry;
  readonly collectDefaultMetrics: (options: { readonly register: Registry }) => void;
}

const { Registry: ClientRegistry, collectDefaultMetrics } = loaderOf()<Client>('prom-client');
const registry = new ClientRegistry();
const start: Readonly<Record<RuntimeContestant, () => unknown>> = {
  bare: () => undefined,
  'bare-again': () => undefined,
  telltale: () => runtimeMetrics({ registry }),
  'prom-client': () => collectDefaultMetrics({ register: registry }),
};
start[process.argv[2] as RuntimeContestant]();

answerQuestions(async ({ kind, times }: RuntimeQuestion): Promise<RuntimeAnswer> => {
  if (kind === 'series') return seriesIn(await registry.metrics());
  return kind === 'scrape' ? microsEach(times, () => registry.metrics()) : microsEach(times, work);
});

/** Of all threads of the process. */
async function microsEach(times: number, run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time += 1) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}

/** Most of it dies young, as what a request takes does. */
let kept: unknown;

/** A turn of the event loop, and garbage for a fifth of a collection: more than a server makes in so short a time. */
async function work(): Promise<void> {
  for (let index = 0; index < 2_000; index += 1) kept = [{ index }, String(index), kept === undefined];
  await nextTurn();
}

function seriesIn(text: string): number {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
}
