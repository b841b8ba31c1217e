/** A real Prometheus. */
import { tempFolder } from './process/temp-folder.ts';
import { startServer, toolAndPort, type CommonOptions, type Server } from './server.ts';

export interface PrometheusOptions extends CommonOptions {
  /** Its `prometheus.yml`; relative paths in it count from its own folder. */
  readonly configFile: string;
  /** Where it keeps its blocks, e.g. ones made beforehand. @default a temporary folder, removed by `stop()` */
  readonly dataFolder?: string;
  /** e.g. `1d`. @default '15d' */
  readonly retention?: string;
  /** Accept samples pushed to it at `/api/v1/write`. @default false */
  readonly acceptRemoteWrite?: boolean;
}

export interface PrometheusServer extends Server {
  /** Makes it read its configuration again; throws with its answer if it refuses. */
  reload(): Promise<void>;
}

/** Starts Prometheus and waits until it is ready. Its first scraped sample shows 5-6 s later: start it once per test run. */
export async function startPrometheus(options: PrometheusOptions): Promise<PrometheusServer> {
  const { tool, port } = await toolAndPort('prometheus', options);
  const folder = options.dataFolder === undefined ? await tempFolder('prometheus') : undefined;
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer({
    name: 'Prometheus',
    url,
    port,
    command: tool.path,
    env: tool.env,
    args: [
      `--config.file=${options.configFile}`,
      `--storage.tsdb.path=${folder?.path ?? options.dataFolder}`,
      `--storage.tsdb.retention.time=${options.retention ?? '15d'}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-lifecycle',
      ...(options.acceptRemoteWrite === true ? ['--web.enable-remote-write-receiver'] : []),
      ...(options.flags ?? []),
    ],
    ready: `${url}/-/ready`,
    ...(folder === undefined ? {} : { afterStop: () => folder.remove() }),
  });
  return Object.assign(server, { reload: () => reload(server) });
}

async function reload(server: Server): Promise<void> {
  const response = await fetch(`${server.url}/-/reload`, { method: 'POST' });
  if (!response.ok)
    throw new Error(`Cannot reload Prometheus as it answers ${response.status}: ${await response.text()}`);
}
