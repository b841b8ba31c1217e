/** A real Redis exporter. */
import { startExporter } from './exporter.ts';
import type { CommonOptions, Server } from './server.ts';

export interface RedisExporterOptions extends CommonOptions {
  /** e.g. `redis://127.0.0.1:6379` */
  readonly redisUrl: string;
}

export function startRedisExporter(options: RedisExporterOptions): Promise<Server> {
  const args = [`--redis.addr=${options.redisUrl}`];
  return startExporter({ name: 'Redis exporter', tool: 'redis-exporter', args }, options);
}
