/** Sends queries through a pg.Pool, instrumented or not, to a real PostgreSQL, and says what CPU time each took here. */
import { Pool } from 'pg';
import { instrumentPool, type Registry } from 'telltale';
import { Registry as PromRegistry } from 'prom-client';
import { variantOf } from '../drop-in.ts';
import { answerQuestions } from './answer.ts';
import type { DropInAnswer, DropInQuestion } from './drop-in-question.ts';

/** As many queries at a time as the pool has connections: none waits. */
const connections = 4;

const [, , variant, connectionString = ''] = process.argv;
const pool = new Pool({ connectionString, max: connections });
const registry: Registry = new PromRegistry();
if (variantOf(variant) === 'instrumented') instrumentPool(pool, { registry });

/** Without a forced collection before: it throws away some of the compiler's work, which would be timed instead. */
answerQuestions(async ({ calls }: DropInQuestion): Promise<DropInAnswer> => {
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: connections }, () => sendQueries(calls / connections)));
  const { user, system } = process.cpuUsage(before);
  await requireRecorded(calls);
  return ((user + system) * 1_000) / calls;
});

async function sendQueries(count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) await pool.query('select $1::int as n', [sent]);
}

/** A drop-in that records nothing costs nothing. */
async function requireRecorded(calls: number): Promise<void> {
  if (variant !== 'instrumented') return;
  const text = await registry.metrics();
  const count = Number(/^db_query_duration_seconds_count\{.*\} (\d+)$/m.exec(text)?.[1]);
  if (!(count >= calls)) throw new Error(`Cannot compare the instrumented pool as it has recorded ${count} queries`);
}
