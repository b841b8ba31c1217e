import { defineFault } from './fault.ts';

export const memoryLeak = defineFault({
  name: 'memory-leak',
  does: 'The process keeps `megabytesPerSecond` of text, up to `maxMegabytes`; ending the fault frees it.',
  services: ['api', 'payments'],
  alerts: ['MemoryUsageHigh'],
  shows: { 'telltale-infrastructure': 'heap against its limit, resident memory, garbage collection' },
  parameters: { megabytesPerSecond: 10, maxMegabytes: 200 },
  start: (_target, { megabytesPerSecond, maxMegabytes }) => {
    const leaked: string[][] = [];
    const timer = setInterval(() => {
      if (leaked.length < maxMegabytes) leaked.push(megabyte(leaked.length));
    }, 1_000 / megabytesPerSecond);
    return () => {
      clearInterval(timer);
      leaked.length = 0;
    };
  },
});

/** Many small texts, so that it is the garbage collector's heap that grows. */
function megabyte(seed: number): string[] {
  return Array.from({ length: 8_192 }, (_, index) => `${seed}-${index}-`.padEnd(112, 'leak').toUpperCase());
}
