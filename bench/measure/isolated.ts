/** Nanoseconds that each middleware takes by itself. */
import type { Contestant } from '../contestant.ts';
import type { IsolatedResult } from '../results.ts';
import type { Scale } from '../scale.ts';
import type { Random } from '../shuffle.ts';
import { estimate } from '../statistics.ts';
import { withWorkers, type Worker, type WorkerOptions } from '../worker.ts';
import type { IsolatedAnswer, IsolatedQuestion } from '../workers/isolated-worker.ts';
import { addedBy, joinSamples, type Samples, sampleRounds } from './rounds.ts';

type IsolatedWorker = Worker<IsolatedQuestion, IsolatedAnswer>;

export async function measureIsolated(
  contestants: readonly Contestant[],
  scale: Scale['isolated'],
  random: Random,
): Promise<Map<string, IsolatedResult>> {
  const batches: Samples[] = [];
  for (let batch = 0; batch < scale.batches; batch += 1) {
    batches.push(await measureBatch(contestants, scale, random));
  }
  const samples = joinSamples(batches);
  return new Map(contestants.map((each) => [each.id, { nanos: estimate(addedBy(each, samples)) }]));
}

/** New processes each time: how V8 inlines is settled early, and differs between them. */
function measureBatch(
  contestants: readonly Contestant[],
  { roundsPerBatch, requests }: Scale['isolated'],
  random: Random,
): Promise<Samples> {
  const options = new Map(contestants.map(({ id }) => [id, isolatedWorker(id)]));
  return withWorkers<IsolatedQuestion, IsolatedAnswer, Samples>(options, async (workers) => {
    const ask = async ({ id }: Contestant): Promise<number> =>
      (await workers.get(id)?.ask({ kind: 'nanos', requests }))?.nanos ?? Number.NaN;
    await sampleRounds(contestants, 3, random, ask);
    const measured = await sampleRounds(contestants, roundsPerBatch, random, ask);
    for (const [id, worker] of workers) await assertRecorded(id, worker);
    return measured;
  });
}

export function isolatedWorker(id: string, flags: readonly string[] = []): WorkerOptions {
  return { file: 'isolated-worker.js', args: [id], flags: ['--expose-gc', '--no-warnings', ...flags] };
}

async function assertRecorded(id: string, worker: IsolatedWorker): Promise<void> {
  const { hasRecorded } = await worker.ask({ kind: 'has-recorded', requests: 0 });
  if (hasRecorded !== true) throw new Error(`Cannot compare "${id}" as it has recorded nothing of the requests`);
}
