/** Bytes, objects and closures that each middleware takes per request. */
import type { Contestant } from '../contestant.ts';
import { baselineOf } from '../contestants.ts';
import type { AllocationResult } from '../results.ts';
import type { Scale } from '../scale.ts';
import { median } from '../statistics.ts';
import { startWorker } from '../worker.ts';
import type { Allocations, IsolatedAnswer, IsolatedQuestion } from '../workers/isolated-worker.ts';
import { isolatedWorker } from './isolated.ts';

/** In megabytes: everything that is allocated while it is counted fits, so nothing is collected. */
const youngGeneration = ['--min-semi-space-size=256', '--max-semi-space-size=256'];
const repetitions = 3;

export async function measureAllocations(
  contestants: readonly Contestant[],
  scale: Scale['allocations'],
): Promise<Map<string, AllocationResult>> {
  const totals = new Map<string, Allocations>();
  for (const { id } of contestants) totals.set(id, await allocationsOf(id, scale.requests));
  return new Map(contestants.map((each) => [each.id, less(totals, each)]));
}

async function allocationsOf(id: string, requests: number): Promise<Allocations> {
  const worker = await startWorker<IsolatedQuestion, IsolatedAnswer>(isolatedWorker(id, youngGeneration));
  try {
    const counts: Allocations[] = [];
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      const { allocations } = await worker.ask({ kind: 'allocations', requests });
      if (allocations !== undefined) counts.push(allocations);
    }
    return combine((key) => median(counts.map((count) => count[key])));
  } finally {
    await worker.stop();
  }
}

function less(totals: ReadonlyMap<string, Allocations>, contestant: Contestant): AllocationResult {
  const own = totals.get(contestant.id);
  const baseline = totals.get(baselineOf(contestant).id);
  return combine((key) => (own?.[key] ?? Number.NaN) - (baseline?.[key] ?? Number.NaN));
}

function combine(value: (key: keyof Allocations) => number): Allocations {
  return {
    bytesAllocated: value('bytesAllocated'),
    closuresInFlight: value('closuresInFlight'),
    objectsInFlight: value('objectsInFlight'),
    closuresRetained: value('closuresRetained'),
    objectsRetained: value('objectsRetained'),
    bytesRetained: value('bytesRetained'),
  };
}
