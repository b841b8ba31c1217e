/** A real PostgreSQL exporter. */
import { startExporter } from './exporter.ts';
import type { CommonOptions, Server } from './server.ts';

export interface PostgresExporterOptions extends CommonOptions {
  /** Connection string of the database, `postgres://user:password@host:port/database`. */
  readonly databaseUrl: string;
  /** Collectors to switch on, e.g. `stat_statements`. @default ['stat_checkpointer', 'long_running_transactions'] */
  readonly collectors?: readonly string[];
}

/** PostgreSQL 17 moved the checkpoint counters to a view of their own, whose collector is off unless asked for. */
const defaultCollectors: readonly string[] = ['stat_checkpointer', 'long_running_transactions'];

export function startPostgresExporter(options: PostgresExporterOptions): Promise<Server> {
  const args = (options.collectors ?? defaultCollectors).map((collector) => `--collector.${collector}`);
  const env = { DATA_SOURCE_NAME: withSslMode(options.databaseUrl) };
  return startExporter({ name: 'PostgreSQL exporter', tool: 'postgres-exporter', args, env }, options);
}

/** Its driver insists on TLS unless told otherwise. */
function withSslMode(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  if (!url.searchParams.has('sslmode')) url.searchParams.set('sslmode', 'disable');
  return url.toString();
}
