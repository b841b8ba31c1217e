/** What the exporters have in common: they listen on one port and answer `/metrics`. */
import type { ToolName } from './all-tools.ts';
import { startServer, toolAndPort, type CommonOptions, type Server } from './server.ts';

export interface ExporterOptions {
  readonly name: string;
  readonly tool: ToolName;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts an exporter. Its `url` has no path: the metrics are at `/metrics`. */
export async function startExporter(exporter: ExporterOptions, options: CommonOptions): Promise<Server> {
  const { tool, port } = await toolAndPort(exporter.tool, options);
  const url = `http://127.0.0.1:${port}`;
  return startServer({
    name: exporter.name,
    url,
    port,
    command: tool.path,
    args: [`--web.listen-address=127.0.0.1:${port}`, ...exporter.args, ...(options.flags ?? [])],
    env: { ...tool.env, ...exporter.env },
    ready: `${url}/metrics`,
  });
}
