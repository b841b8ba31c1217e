/** What runtimeMetrics() and prom-client's collectDefaultMetrics() cost a process: when scraped, and all the time. */
import type { Scale } from '../scale.ts';
import { type Random, shuffled } from '../shuffle.ts';
import { detectableEffect, type Estimate, estimate, median, pairedDifferences } from '../statistics.ts';
import { withWorkers } from '../worker.ts';
import {
  type RuntimeAnswer,
  type RuntimeContestant,
  runtimeContestants,
  type RuntimeQuestion,
} from '../runtime-contestants.ts';

/** Microseconds of CPU time per scrape, or per turn of work. */
export interface RuntimeCost {
  readonly bareMicros: number;
  readonly totalMicros: Readonly<Record<RuntimeContestant, number>>;
  /** Less the bare process of the same round. */
  readonly addedMicros: Readonly<Record<RuntimeContestant, Estimate>>;
  /** Ours less theirs of the same round. */
  readonly oursLessTheirsMicros: Estimate;
  /** The smallest true difference that this many rounds with this noise would have found. */
  readonly detectableMicros: number;
}

export interface RuntimeResult {
  readonly series: Readonly<Record<RuntimeContestant, number>>;
  readonly scrape: RuntimeCost;
  readonly work: RuntimeCost;
}

type Samples = ReadonlyMap<RuntimeContestant, readonly number[]>;
type Ask = (contestant: RuntimeContestant, question: RuntimeQuestion) => Promise<number>;

const warmUpRounds = 3;

/** New processes for each batch, so that none is lucky throughout. */
export async function measureRuntime(scale: Scale['runtime'], random: Random): Promise<RuntimeResult> {
  const scrapes: Samples[] = [];
  const works: Samples[] = [];
  let series: RuntimeResult['series'] = byContestant(() => 0);
  for (let batch = 0; batch < scale.batches; batch += 1) {
    await withBatch(async (ask) => {
      const sample = async (kind: 'scrape' | 'work', times: number): Promise<Samples> => {
        const one = (contestant: RuntimeContestant): Promise<number> => ask(contestant, { kind, times });
        await sampleRounds(warmUpRounds, random, one);
        return sampleRounds(scale.roundsPerBatch, random, one);
      };
      scrapes.push(await sample('scrape', scale.scrapes));
      works.push(await sample('work', scale.turns));
      series = await countSeries(ask);
    });
  }
  return { series, scrape: costOf(scrapes), work: costOf(works) };
}

function withBatch(use: (ask: Ask) => Promise<void>): Promise<void> {
  const flags = ['--no-warnings', '--max-semi-space-size=1'];
  const options = new Map(runtimeContestants.map((id) => [id, { file: 'runtime-worker.js', args: [id], flags }]));
  return withWorkers<RuntimeQuestion, RuntimeAnswer, void>(options, (workers) =>
    use(async (contestant, question) => (await workers.get(contestant)?.ask(question)) ?? Number.NaN),
  );
}

async function countSeries(ask: Ask): Promise<RuntimeResult['series']> {
  const counts = new Map<RuntimeContestant, number>();
  for (const id of runtimeContestants) counts.set(id, await ask(id, { kind: 'series', times: 1 }));
  return byContestant((id) => counts.get(id) ?? Number.NaN);
}

/** Every contestant once per round, in a random order, so that drift of the machine hits all alike. */
async function sampleRounds(
  rounds: number,
  random: Random,
  sample: (contestant: RuntimeContestant) => Promise<number>,
): Promise<Samples> {
  const samples = new Map<RuntimeContestant, number[]>(runtimeContestants.map((id) => [id, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const id of shuffled(runtimeContestants, random)) samples.get(id)?.push(await sample(id));
  }
  return samples;
}

function costOf(batches: readonly Samples[]): RuntimeCost {
  const values = (id: RuntimeContestant): number[] => batches.flatMap((batch) => batch.get(id) ?? []);
  const added = (id: RuntimeContestant): number[] => pairedDifferences(values('bare'), values(id));
  return {
    bareMicros: median(values('bare')),
    totalMicros: byContestant((id) => median(values(id))),
    addedMicros: byContestant((id) => estimate(added(id))),
    oursLessTheirsMicros: estimate(pairedDifferences(values('prom-client'), values('telltale'))),
    detectableMicros: detectableEffect(added('bare-again')),
  };
}

function byContestant<T>(valueOf: (id: RuntimeContestant) => T): Readonly<Record<RuntimeContestant, T>> {
  return {
    bare: valueOf('bare'),
    'bare-again': valueOf('bare-again'),
    telltale: valueOf('telltale'),
    'prom-client': valueOf('prom-client'),
  };
}
