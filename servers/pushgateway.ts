/** A real Pushgateway: keeps what jobs push that end before anybody scrapes them. */
import { startExporter } from './exporter.ts';
import type { CommonOptions, Server } from './server.ts';

export function startPushgateway(options: CommonOptions = {}): Promise<Server> {
  return startExporter({ name: 'Pushgateway', tool: 'pushgateway', args: [] }, options);
}
