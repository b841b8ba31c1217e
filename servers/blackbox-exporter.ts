/** A real blackbox exporter: asks `/probe?module=...&target=...` whether a target answers. */
import { startExporter } from './exporter.ts';
import type { CommonOptions, Server } from './server.ts';

export interface BlackboxExporterOptions extends CommonOptions {
  /** Its `blackbox.yml`, which names the modules. */
  readonly configFile: string;
  /** File of certificates to trust. @default the system's */
  readonly certificateFile?: string;
}

export function startBlackboxExporter(options: BlackboxExporterOptions): Promise<Server> {
  const args = [`--config.file=${options.configFile}`];
  const { certificateFile } = options;
  const env = certificateFile === undefined ? {} : { SSL_CERT_FILE: certificateFile };
  return startExporter({ name: 'blackbox exporter', tool: 'blackbox-exporter', args, env }, options);
}
