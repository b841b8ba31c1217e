/** What a pg query and a cache get cost through their drop-ins, beside the same pool and cache without them. */
import { startPostgres } from '../../servers/postgres.ts';
import { allVariants, type Variant } from '../drop-in.ts';
import type { AddedResult, DropInResults } from '../results.ts';
import type { Scale } from '../scale.ts';
import { type Random, shuffled } from '../shuffle.ts';
import { detectableEffect, estimate, median, pairedDifferences } from '../statistics.ts';
import { withWorkers } from '../worker.ts';
import type { DropInAnswer, DropInQuestion } from '../workers/drop-in-question.ts';

type Samples = ReadonlyMap<Variant, readonly number[]>;

const warmUpRounds = 5;

export async function measureDropIns(scale: Scale['dropIns'], random: Random): Promise<DropInResults> {
  const server = await startPostgres();
  try {
    return {
      poolQuery: await besideBare('pool-worker.js', [server.url], { ...scale.poolQuery, random }),
      cacheGet: await besideBare('cache-worker.js', [], { ...scale.cacheGet, random }),
    };
  } finally {
    await server.stop();
  }
}

interface Rounds {
  readonly batches: number;
  readonly roundsPerBatch: number;
  /** Per round and variant. */
  readonly calls: number;
  readonly random: Random;
}

/** Processes start anew for each batch, so that none is lucky throughout. */
async function besideBare(file: string, args: readonly string[], rounds: Rounds): Promise<AddedResult> {
  const batches: Samples[] = [];
  for (let batch = 0; batch < rounds.batches; batch += 1) batches.push(await measureBatch(file, args, rounds));
  return resultOf((variant) => batches.flatMap((batch) => batch.get(variant) ?? []));
}

function measureBatch(file: string, args: readonly string[], rounds: Rounds): Promise<Samples> {
  const options = new Map(
    // Those that start first have other neighbours in the machine than those that start last.
    shuffled(allVariants, rounds.random).map((variant) => [
      variant as string,
      { file, args: [variant, ...args], flags: ['--no-warnings'] },
    ]),
  );
  return withWorkers<DropInQuestion, DropInAnswer, Samples>(options, async (workers) => {
    const ask = async (variant: Variant): Promise<number> =>
      (await workers.get(variant)?.ask({ calls: rounds.calls })) ?? Number.NaN;
    await sampleRounds(warmUpRounds, rounds.random, ask);
    return sampleRounds(rounds.roundsPerBatch, rounds.random, ask);
  });
}

/** Every variant once per round, in a random order, so that drift of the machine hits all alike. */
async function sampleRounds(
  rounds: number,
  random: Random,
  sample: (variant: Variant) => Promise<number>,
): Promise<Samples> {
  const samples = new Map<Variant, number[]>(allVariants.map((variant) => [variant, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const variant of shuffled(allVariants, random)) samples.get(variant)?.push(await sample(variant));
  }
  return samples;
}

function resultOf(valuesOf: (variant: Variant) => readonly number[]): AddedResult {
  const noise = pairedDifferences(valuesOf('bare'), valuesOf('bare-again'));
  return {
    bareNanos: median(valuesOf('bare')),
    addedNanos: estimate(pairedDifferences(valuesOf('bare'), valuesOf('instrumented'))),
    noiseNanos: estimate(noise),
    detectableNanos: detectableEffect(noise),
  };
}
