/** observeQueue(): how much waits in a queue, and for how long, asked at each scrape. */
import { jobsCatalog as jobs } from '../../catalog/jobs.ts';
import { TelltaleError } from '../../errors.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { aDuration, checkOptions, recorderRules } from '../metrics/option-checks.ts';
import { withTimeout } from './queue-timeout.ts';
import type { BoundedGauge, BoundedMetrics } from '../metrics/bounded-metrics.ts';
import { acquireShared } from '../metrics/shared-parts.ts';

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
  /** The reading that is under way: the two gauges of one scrape share it, and later scrapes wait for one that hangs. */
  reading: Promise<QueueReading> | null;
}

const defaultTimeoutMillis = 2_000;

/**
 * Reads a queue at each scrape. A reading that throws, hangs or gives no number is counted in
 * `telltale_label_errors_total{metric="queue_depth"}` and leaves the queue's series out of that scrape, as an old value
 * would look alive. While one hangs no other begins. Costs 2 series per queue and one reading per scrape: keep it to one
 * cheap query. Beyond 50 names, queues are recorded as `overflow`.
 * @throws TELLTALE_OPTION when `name` is empty or observed already on this registry, or `read` is not a function;
 * TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 * @example
 * observeQueue('emails', async () => {
 *   const { rows: [row] } = await pool.query('select count(*)::int as depth from emails where sent_at is null');
 *   return { depth: row.depth };
 * });
 */
export function observeQueue(name: string, read: ReadQueue, options: ObserveQueueOptions = {}): ObservedQueue {
  checkOptions('use observeQueue()', options, { ...recorderRules, timeoutMillis: aDuration });
  const shared = acquireShared(options, 'queues', createQueues);
  const queues = shared.value;
  const problem = problemOf(name, read, queues);
  if (problem !== null) {
    shared.release();
    throw new TelltaleError('TELLTALE_OPTION', `Cannot observe queue "${name}": ${problem}`, {
      fix: "e.g. observeQueue('emails', readEmails), with a name of its own, or after dispose() of the one before",
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
      for (const [queue, value] of values) if (value !== undefined && queues.has(queue)) gauge.set({ queue }, value);
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
    const reading = (queue.reading ??= readOnce(queue));
    return [queue.name, valueOf(await withTimeout(reading, queue.timeoutMillis))];
  } catch {
    onFailure();
    return [queue.name, undefined];
  }
}

async function readOnce(queue: Queue): Promise<QueueReading> {
  try {
    // In a function of its own: what throws at once would end before it is noted as under way.
    const reading = await (async () => queue.read())();
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

function problemOf(name: string, read: unknown, queues: ReadonlyMap<string, Queue>): string | null {
  if (typeof name !== 'string' || name === '') return 'it needs a name';
  if (typeof read !== 'function') return 'it needs a function that reads it';
  return queues.has(name) ? 'a queue of that name is observed already' : null;
}
