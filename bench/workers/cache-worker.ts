/** Reads an lru-cache, instrumented or not, and says what CPU time each read took. */
import { LRUCache } from 'lru-cache';
import { Registry as PromRegistry } from 'prom-client';
import { instrumentCache, type Registry } from 'telltale';
import { variantOf } from '../drop-in.ts';
import { answerQuestions } from './answer.ts';
import type { DropInAnswer, DropInQuestion } from './drop-in-question.ts';

const keys = Array.from({ length: 1_000 }, (_, index) => `product:${index}`);
const variant = variantOf(process.argv[2]);
const cache = new LRUCache<string, object>({ max: 2_000 });
// Nine reads of ten find something.
for (const [index, key] of keys.entries()) if (index % 10 !== 0) cache.set(key, { index });
const registry: Registry = new PromRegistry();
if (variant === 'instrumented') instrumentCache(cache, { name: 'products', registry });

/** Without a forced collection before: it throws away the compiler's work on the cache, which would be timed instead. */
answerQuestions(async ({ calls }: DropInQuestion): Promise<DropInAnswer> => {
  const before = process.cpuUsage();
  const found = readCache(calls);
  const { user, system } = process.cpuUsage(before);
  if (found !== (calls * 9) / 10) throw new Error(`Cannot time reads of a cache that found ${found} of ${calls}`);
  await requireRecorded(calls);
  return ((user + system) * 1_000) / calls;
});

function readCache(calls: number): number {
  let found = 0;
  for (let call = 0; call < calls; call += 1) {
    if (cache.get(keys[call % keys.length] as string) !== undefined) found += 1;
  }
  return found;
}

async function requireRecorded(calls: number): Promise<void> {
  if (variant !== 'instrumented') return;
  const text = await registry.metrics();
  const hits = Number(/^cache_requests_total\{.*result="hit".*\} (\d+)$/m.exec(text)?.[1]);
  if (!(hits >= (calls * 9) / 10))
    throw new Error(`Cannot compare the instrumented cache as it has recorded ${hits} hits`);
}
