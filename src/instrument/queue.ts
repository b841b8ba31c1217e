/** observeQueue(): how much waits in a queue, and for how long, asked at each scrape. */
import { jobsCatalog as jobs } from '../catalog/jobs.ts';
import { TelltaleError } from '../errors.ts';
import type { RecorderOptions } from './from-catalog.ts';
import { withTimeout } from './queue-timeout.ts';
import type { BoundedGauge, BoundedMetrics } from './runtime-bounded.ts';
import { acquireShared } from './runtime-shared.ts';

export interface QueueReading {
  /** Items that wait. */
  readonly depth: number;
  /** Age of the one that has waited longest, in seconds; 0 for an empty queue. Left out where the queue cannot tell. */
  readonly oldestAgeSeconds?: number;
}

export type ReadQueue = () => QueueReading | Promise<QueueReading>;

export interface ObserveQueueOptions extends RecorderOptions {
  /** A reading that takes longer counts as failed, so that it cannot hold up the scrape. Milliseconds. @default 2000 */
  readonly timeoutMillis?: number;
}

export interface ObservedQueue {
  /** Takes the queue off the metrics. */
  dispose(): void;
}

interface Queue {
  readonly name: string;
  readonly read: ReadQueue;
  readonly timeoutMillis: number;
  /** The reading that is under way: the two gauges of one scrape share it. */
  reading: Promise<QueueReading> | null;
}

const defaultTimeoutMillis = 2_000;

/**
 * Reads a queue at each scrape. A reading that throws, hangs or gives no number is counted in
 * `telltale_label_errors_total{metric="queue_depth"}` and leaves the queue's series out of that scrape, as an old value
 * would look alive. Costs 2 series per queue and one reading per scrape: keep it to one cheap query.
 * @throws TELLTALE_OPTION when `name` is empty or observed already on this registry
 * @example
 * observeQueue('emails', async () => {
 *   const { rows: [row] } = await pool.query('select count(*)::int as depth from emails where sent_at is null');
 *   return { depth: row.depth };
 * });
 */
export function observeQueue(name: string, read: ReadQueue, options: ObserveQueueOptions = {}): ObservedQueue {
  const shared = acquireShared(options, 'queues', createQueues);
  const queues = shared.value;
  const problem = problemOf(name, queues);
  if (problem !== null) {
    shared.release();
    throw new TelltaleError('TELLTALE_OPTION', `Cannot observe queue "${name}": ${problem}`, {
      fix: 'give each queue a name of its own, or dispose() of the one before',
    });
  }
  queues.set(name, { name, read, timeoutMillis: options.timeoutMillis ?? defaultTimeoutMillis, reading: null });
  let observed = true;
  return {
    dispose: () => {
      if (observed) queues.delete(name);
      observed = false;
      shared.release();
    },
  };
}

function createQueues(metrics: BoundedMetrics): Map<string, Queue> {
  const queues = new Map<string, Queue>();
  const collect =
    (valueOf: (reading: QueueReading) => number | undefined, onFailure: () => void) =>
    async (gauge: BoundedGauge): Promise<void> => {
      const values = await Promise.all([...queues.values()].map((queue) => valueFrom(queue, valueOf, onFailure)));
      gauge.reset();
      for (const [queue, value] of values) if (value !== undefined) gauge.set({ queue }, value);
    };
  // Counted once per reading, by the first of the two gauges.
  metrics.gauge(
    jobs.queueDepth,
    collect(
      ({ depth }) => depth,
      () => metrics.failed(jobs.queueDepth),
    ),
  );
  metrics.gauge(
    jobs.queueOldestAge,
    collect(
      ({ oldestAgeSeconds }) => oldestAgeSeconds,
      () => {},
    ),
  );
  return queues;
}

async function valueFrom(
  queue: Queue,
  valueOf: (reading: QueueReading) => number | undefined,
  onFailure: () => void,
): Promise<readonly [string, number | undefined]> {
  try {
    queue.reading ??= readOnce(queue);
    return [queue.name, valueOf(await queue.reading)];
  } catch {
    onFailure();
    return [queue.name, undefined];
  }
}

async function readOnce(queue: Queue): Promise<QueueReading> {
  try {
    const reading = await withTimeout(async () => queue.read(), queue.timeoutMillis);
    if (!isReading(reading)) throw new TypeError('a reading is { depth: number, oldestAgeSeconds?: number }');
    return reading;
  } finally {
    queue.reading = null;
  }
}

function isReading(reading: unknown): reading is QueueReading {
  const { depth, oldestAgeSeconds = 0 } = (reading ?? {}) as Partial<QueueReading>;
  return Number.isFinite(depth) && Number.isFinite(oldestAgeSeconds);
}

function problemOf(name: string, queues: ReadonlyMap<string, Queue>): string | null {
  if (typeof name !== 'string' || name === '') return 'it needs a name';
  return queues.has(name) ? 'a queue of that name is observed already' : null;
}
