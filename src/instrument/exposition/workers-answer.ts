/** A worker's side: what its registry has, packed. */
import type { Registry } from '../metrics/client.ts';
import { type LastMetrics, type MetricsAnswer, type MetricsRequest, packMetrics } from './workers-message.ts';

/** Without metrics when a `collect` of the application's fails: the worker then counts as silent. */
export async function answerTo({ id }: MetricsRequest, registry: Registry): Promise<MetricsAnswer> {
  const metrics = await collect(registry);
  return { type: 'telltale:metrics-answer', id, ...(metrics === undefined ? {} : { metrics }) };
}

/** Undefined when a `collect` of the application's fails. */
export async function lastMetrics(registry: Registry): Promise<LastMetrics | undefined> {
  const metrics = await collect(registry);
  return metrics === undefined ? undefined : { type: 'telltale:metrics-last', metrics };
}

async function collect(registry: Registry): Promise<string | undefined> {
  try {
    return packMetrics(await registry.getMetricsAsJSON());
  } catch {
    return undefined;
  }
}
