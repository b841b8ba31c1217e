/** The page's side: asks every worker at once, and waits no longer than it is told to. */
import { randomUUID } from 'node:crypto';
import { isAnswer, type MetricJson, type MetricsRequest, unpackMetrics } from './workers-message.ts';

/** Processes of a cluster, or threads of a process. An id is never given twice. */
export interface Workers {
  /** Of those that are alive. */
  readonly ids: () => readonly number[];
  /** False when the worker cannot be reached. */
  readonly send: (id: number, request: MetricsRequest) => boolean;
  /** Gives what stops it. */
  readonly listen: (listener: WorkersListener) => () => void;
}

export interface WorkersListener {
  readonly onMessage: (id: number, message: unknown) => void;
  readonly onGone: (id: number) => void;
}

export interface Answers {
  /** By the worker's id. */
  readonly answers: ReadonlyMap<number, readonly MetricJson[]>;
  /** How many were asked, are still there, and have not said what they count. */
  readonly silent: number;
}

export function askWorkers(workers: Workers, timeoutMillis: number): Promise<Answers> {
  const request: MetricsRequest = { type: 'telltale:metrics-request', id: randomUUID() };
  const answers = new Map<number, readonly MetricJson[]>();
  const waiting = new Set<number>();
  let failed = 0;
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timeout);
      stop();
      resolve({ answers, silent: waiting.size + failed });
    };
    const settle = (id: number): void => {
      if (waiting.delete(id) && waiting.size === 0) finish();
    };
    const onMessage = (id: number, message: unknown): void => {
      if (!isAnswer(message, request.id) || !waiting.has(id)) return;
      if (message.metrics === undefined) failed += 1;
      else answers.set(id, unpackMetrics(message.metrics));
      settle(id);
    };
    const stop = workers.listen({ onMessage, onGone: settle });
    const timeout = setTimeout(finish, timeoutMillis);
    for (const id of workers.ids()) if (workers.send(id, request)) waiting.add(id);
    if (waiting.size === 0) finish();
  });
}
