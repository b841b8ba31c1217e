/** A real Redis without persistence. */
import { tempFolder } from './process/temp-folder.ts';
import { startServer, toolAndPort, type CommonOptions, type Server } from './server.ts';

export interface RedisOptions extends CommonOptions {
  /** The most memory it may use for data, e.g. `8mb`; beyond it, the least recently used keys are evicted. @default no limit */
  readonly maxMemory?: string;
}

/** Starts Redis and waits until it accepts connections. Its `url` is `redis://127.0.0.1:port`. */
export async function startRedis(options: RedisOptions = {}): Promise<Server> {
  const { tool, port } = await toolAndPort('redis-server', options);
  const folder = await tempFolder('redis');
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder.path,
    save: '',
    appendonly: 'no',
    ...(options.maxMemory === undefined ? {} : { maxmemory: options.maxMemory, 'maxmemory-policy': 'allkeys-lru' }),
  };
  return startServer({
    name: 'Redis',
    url: `redis://127.0.0.1:${port}`,
    port,
    command: tool.path,
    env: tool.env,
    args: [...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]), ...(options.flags ?? [])],
    cwd: folder.path,
    ready: /Ready to accept connections/,
    afterStop: () => folder.remove(),
  });
}
