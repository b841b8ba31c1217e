/** Interleaved rounds: every contestant once per round, in a random order, so that drift of the machine hits all alike. */
import type { Contestant } from '../contestant.ts';
import { baselineOf } from '../contestants.ts';
import { type Random, shuffled } from '../shuffle.ts';
import { pairedDifferences } from '../statistics.ts';

/** A value per contestant and round; the same index is the same round. */
export type Samples = ReadonlyMap<string, readonly number[]>;

export async function sampleRounds(
  contestants: readonly Contestant[],
  rounds: number,
  random: Random,
  sample: (contestant: Contestant) => Promise<number>,
): Promise<Samples> {
  const samples = new Map<string, number[]>(contestants.map(({ id }) => [id, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of shuffled(contestants, random)) {
      samples.get(contestant.id)?.push(await sample(contestant));
    }
  }
  return samples;
}

export function joinSamples(batches: readonly Samples[]): Samples {
  const ids = [...(batches[0]?.keys() ?? [])];
  return new Map(ids.map((id) => [id, batches.flatMap((batch) => batch.get(id) ?? [])]));
}

/** What a contestant adds to its baseline, round by round. */
export function addedBy(contestant: Contestant, samples: Samples): number[] {
  return pairedDifferences(samples.get(baselineOf(contestant).id) ?? [], samples.get(contestant.id) ?? []);
}
