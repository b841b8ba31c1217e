/** The queue of submissions that wait for a grade, and the job that works it off. */
import type { Query } from '../../service/database.ts';

export interface GradingQueue {
  readonly depth: number;
  readonly oldestAgeSeconds: number;
}

/** Several instances can grade at once: each takes rows that no other has taken. */
const gradeBatch = `
  update submissions set grade = least(100, 40 + length(answer) % 61), graded_at = now()
  where id in (
    select id from submissions where graded_at is null order by submitted_at limit $1 for update skip locked)
  returning id`;

const batchSize = 100;

/** Grades what waits, batch after batch; returns how many. */
export async function gradeAssignments(query: Query): Promise<number> {
  let graded = 0;
  for (;;) {
    const batch = await query(gradeBatch, [batchSize]);
    graded += batch.length;
    if (batch.length < batchSize) return graded;
  }
}

export async function readGradingQueue(query: Query): Promise<GradingQueue> {
  const [queue] = await query<{ readonly depth: number; readonly age: number }>(
    `select count(*)::int as depth, coalesce(extract(epoch from now() - min(submitted_at)), 0)::float8 as age
     from submissions where graded_at is null`,
  );
  return { depth: queue?.depth ?? 0, oldestAgeSeconds: Math.max(0, queue?.age ?? 0) };
}
