/** A real node exporter: metrics of this machine, and of `*.prom` files in a folder. */
import { startExporter } from './exporter.ts';
import type { CommonOptions, Server } from './server.ts';

export interface NodeExporterOptions extends CommonOptions {
  /** Folder of `*.prom` files to expose, as backup jobs write them. @default none */
  readonly textfileFolder?: string;
}

export function startNodeExporter(options: NodeExporterOptions = {}): Promise<Server> {
  const { textfileFolder } = options;
  const args = textfileFolder === undefined ? [] : [`--collector.textfile.directory=${textfileFolder}`];
  return startExporter({ name: 'node exporter', tool: 'node-exporter', args }, options);
}
