/** A real Alertmanager. */
import { dirname } from 'node:path';
import { tempFolder } from './process/temp-folder.ts';
import { startServer, toolAndPort, type CommonOptions, type Server } from './server.ts';

export interface AlertmanagerOptions extends CommonOptions {
  /** Its `alertmanager.yml`; relative template paths in it count from its own folder. */
  readonly configFile: string;
  /** The address put into notifications as the link to it. @default its own */
  readonly externalUrl?: string;
}

/** Starts one Alertmanager, outside of any cluster, and waits until it is ready. */
export async function startAlertmanager(options: AlertmanagerOptions): Promise<Server> {
  const { tool, port } = await toolAndPort('alertmanager', options);
  const folder = await tempFolder('alertmanager');
  const url = `http://127.0.0.1:${port}`;
  return startServer({
    name: 'Alertmanager',
    url,
    port,
    command: tool.path,
    env: tool.env,
    // Files of secrets are looked for from here, as in the container.
    cwd: dirname(options.configFile),
    args: [
      `--config.file=${options.configFile}`,
      `--storage.path=${folder.path}`,
      `--web.listen-address=127.0.0.1:${port}`,
      `--web.external-url=${options.externalUrl ?? url}`,
      '--cluster.listen-address=',
      ...(options.flags ?? []),
    ],
    ready: `${url}/-/ready`,
    afterStop: () => folder.remove(),
  });
}
