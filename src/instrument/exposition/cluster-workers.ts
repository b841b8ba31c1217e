/** The channel of node:cluster between a primary and its workers. */
import type { Cluster, Worker } from 'node:cluster';
import type { Registry } from '../metrics/client.ts';
import { answerTo } from './workers-answer.ts';
import type { Workers } from './workers-ask.ts';
import { isRequest } from './workers-message.ts';

/** The primary's side. */
export function clusterWorkers(cluster: Cluster): Workers {
  return {
    ids: () => Object.keys(cluster.workers ?? {}).map(Number),
    send: (id, request) => {
      const worker = cluster.workers?.[id];
      if (worker?.isConnected() !== true) return false;
      // A worker that has just died is not to fail the scrape: it does not answer, and that is seen.
      worker.send(request, undefined, undefined, () => undefined);
      return true;
    },
    listen: (listener) => {
      const onMessage = ({ id }: Worker, message: unknown): void => listener.onMessage(id, message);
      const onExit = ({ id }: Worker): void => listener.onGone(id);
      cluster.on('message', onMessage);
      cluster.on('exit', onExit);
      return () => {
        cluster.off('message', onMessage);
        cluster.off('exit', onExit);
      };
    },
  };
}

/** The worker's side. Gives what stops it. */
export function answerPrimary(registry: Registry): () => void {
  const onMessage = (message: unknown): void => {
    if (isRequest(message)) void answerTo(message, registry).then(sendToPrimary);
  };
  process.on('message', onMessage);
  return () => process.off('message', onMessage);
}

function sendToPrimary(message: object): void {
  // It may be gone by now; nobody is left to tell.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}
