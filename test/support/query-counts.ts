/** What a registry says of the queries of its pools. */
import type { Registry } from '../../src/instrument/metrics/client.ts';
import { scrape } from './exposition.ts';

/** Queries counted, by operation. */
export async function queries(registry: Registry): Promise<Record<string, number>> {
  const { samples } = await scrape(registry);
  return Object.fromEntries(
    samples
      .filter(({ name }) => name === 'db_query_duration_seconds_count')
      .map(({ labels, value }) => [labels['operation'], value]),
  );
}

/** Errors counted, as "code operation". */
export async function errors(registry: Registry): Promise<Record<string, number>> {
  const { samples } = await scrape(registry);
  return Object.fromEntries(
    samples
      .filter(({ name }) => name === 'db_query_errors_total')
      .map(({ labels, value }) => [`${labels['code']} ${labels['operation']}`, value]),
  );
}
