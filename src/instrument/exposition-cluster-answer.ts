/** The worker's side: answers the primary with the metrics of its registry. */
import type { Registry } from './client.ts';
import { isRequest, type MetricsAnswer, packMetrics } from './exposition-cluster-message.ts';

/** Gives what stops it. */
export function answerPrimary(registry: Registry): () => void {
  const onMessage = (message: unknown): void => {
    if (isRequest(message)) void answer(registry, message.id);
  };
  process.on('message', onMessage);
  return () => process.off('message', onMessage);
}

async function answer(registry: Registry, id: string): Promise<void> {
  const metrics = await collect(registry);
  const message: MetricsAnswer = { type: 'telltale:metrics-answer', id, ...(metrics === undefined ? {} : { metrics }) };
  // The primary may be gone by now; nobody is left to tell.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

/** Undefined when a `collect` of the application's fails: the primary then counts the worker as silent. */
async function collect(registry: Registry): Promise<string | undefined> {
  try {
    return packMetrics(await registry.getMetricsAsJSON());
  } catch {
    return undefined;
  }
}
