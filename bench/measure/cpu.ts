/** CPU time that a real server spends per request, with each contestant in it. */
import type { Contestant } from '../contestant.ts';
import { sendRequests } from '../load.ts';
import type { CpuResults } from '../results.ts';
import type { Scale } from '../scale.ts';
import type { Random } from '../shuffle.ts';
import { detectableEffect, estimate, median } from '../statistics.ts';
import { withWorkers, type Worker } from '../worker.ts';
import type { ServerAnswer, ServerQuestion } from '../workers/server-worker.ts';
import { requestPath } from '../workers/trivial-app.ts';
import { addedBy, joinSamples, type Samples, sampleRounds } from './rounds.ts';

type Server = Worker<ServerQuestion, ServerAnswer>;

export async function measureCpu(
  contestants: readonly Contestant[],
  scale: Scale['cpu'],
  random: Random,
  progress: (line: string) => void,
): Promise<CpuResults> {
  const batches: Samples[] = [];
  for (let batch = 1; batch <= scale.batches; batch += 1) {
    progress(`CPU of real servers, batch ${batch} of ${scale.batches}`);
    batches.push(await measureBatch(contestants, scale, random));
  }
  const samples = joinSamples(batches);
  const again = contestants.find(({ id }) => id === 'bare-again');
  return {
    pairs: scale.batches * scale.roundsPerBatch,
    detectableMicros: again === undefined ? Number.NaN : detectableEffect(addedBy(again, samples)),
    byContestant: new Map(
      contestants.map((each) => [
        each.id,
        { totalMicros: median(samples.get(each.id) ?? []), addedMicros: estimate(addedBy(each, samples)) },
      ]),
    ),
  };
}

function measureBatch(
  contestants: readonly Contestant[],
  { warmUpRequests, roundsPerBatch, requests }: Scale['cpu'],
  random: Random,
): Promise<Samples> {
  const options = new Map(
    contestants.map(({ id }) => [id, { file: 'server-worker.js', args: [id], flags: ['--no-warnings'] }]),
  );
  return withWorkers<ServerQuestion, ServerAnswer, Samples>(options, async (servers) => {
    const ports = new Map<string, number>();
    for (const [id, server] of servers) ports.set(id, await warmUp(id, server, warmUpRequests));
    return sampleRounds(contestants, roundsPerBatch, random, async ({ id }) => {
      const server = servers.get(id);
      if (server === undefined) return Number.NaN;
      await server.ask({ kind: 'start' });
      await sendRequests(ports.get(id) ?? 0, requestPath, requests);
      return (await server.ask({ kind: 'stop' })) / requests;
    });
  });
}

/** Until then much of the time goes into compiling, of which every middleware makes some. */
async function warmUp(id: string, server: Server, requests: number): Promise<number> {
  const port = await server.ask({ kind: 'port' });
  await sendRequests(port, requestPath, requests);
  if ((await server.ask({ kind: 'has-recorded' })) !== 1) {
    throw new Error(`Cannot compare "${id}" as it has recorded nothing of the requests`);
  }
  return port;
}
