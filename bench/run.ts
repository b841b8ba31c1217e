/** Takes every measurement, one after the other. */
import { allContestants } from './contestants.ts';
import { measureAllocations } from './measure/allocations.ts';
import { measureCpu } from './measure/cpu.ts';
import { measureDropIns } from './measure/drop-ins.ts';
import { measureIsolated } from './measure/isolated.ts';
import { measureRuntime } from './measure/runtime.ts';
import { measureScrape } from './measure/scrape.ts';
import { measureStartUp } from './measure/start-up.ts';
import type { Results } from './results.ts';
import type { Scale } from './scale.ts';
import { seededRandom } from './shuffle.ts';

const seed = 20_240_229;

export async function runBenchmark(scale: Scale, progress: (line: string) => void): Promise<Results> {
  const random = seededRandom(seed);
  const callable = allContestants.filter(({ patchesModules }) => patchesModules !== true);
  progress('start-up');
  const startUp = measureStartUp(scale.startUp);
  progress('scrape');
  const scrape = await measureScrape(scale.scrape);
  progress('middleware in isolation');
  const isolated = await measureIsolated(callable, scale.isolated, random);
  progress('allocations');
  const allocations = await measureAllocations(callable, scale.allocations);
  progress('metrics of the process');
  const runtime = await measureRuntime(scale.runtime, random);
  progress('drop-ins');
  const dropIns = await measureDropIns(scale.dropIns, random);
  const cpu = await measureCpu(allContestants, scale.cpu, random, progress);
  return { startUp, scrape, isolated, allocations, cpu, runtime, dropIns };
}
