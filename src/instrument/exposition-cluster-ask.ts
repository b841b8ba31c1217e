/** The primary's side: asks every worker at once, and waits no longer than it is told to. */
import type { Cluster, Worker } from 'node:cluster';
import { randomUUID } from 'node:crypto';
import { isAnswer, type MetricJson, type MetricsRequest, unpackMetrics } from './exposition-cluster-message.ts';

export interface Answers {
  readonly asked: number;
  /** By the worker's id. */
  readonly answers: ReadonlyMap<number, readonly MetricJson[]>;
}

export function askWorkers(cluster: Cluster, timeoutMillis: number): Promise<Answers> {
  const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected() === true) as Worker[];
  const request: MetricsRequest = { type: 'telltale:metrics-request', id: randomUUID() };
  const answers = new Map<number, readonly MetricJson[]>();
  const waiting = new Set(workers.map(({ id }) => id));
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timeout);
      cluster.off('message', onMessage);
      cluster.off('exit', settle);
      resolve({ asked: workers.length, answers });
    };
    const settle = ({ id }: Worker): void => {
      if (waiting.delete(id) && waiting.size === 0) finish();
    };
    const onMessage = (worker: Worker, message: unknown): void => {
      if (!isAnswer(message, request.id)) return;
      if (message.metrics !== undefined) answers.set(worker.id, unpackMetrics(message.metrics));
      settle(worker);
    };
    const timeout = setTimeout(finish, timeoutMillis);
    cluster.on('message', onMessage);
    cluster.on('exit', settle);
    for (const worker of workers) send(worker, request);
    if (workers.length === 0) finish();
  });
}

/** A worker that has just died is not to fail the scrape: it does not answer, and that is seen. */
function send(worker: Worker, request: MetricsRequest): void {
  worker.send(request, undefined, undefined, () => undefined);
}
