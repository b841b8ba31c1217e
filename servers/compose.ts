/** The real docker-compose, used without an engine: it reads, merges and checks compose files. */
import type { Tool } from './find-tool.ts';
import { provide } from './provide.ts';
import { runTool, type ToolOptions, type ToolResult } from './run-tool.ts';

export interface Compose {
  readonly tool: Tool;
  run(args: readonly string[], options?: ToolOptions): Promise<ToolResult>;
  /** Checks a compose file and prints it resolved. It accepts mounts whose source is missing: check those yourself. */
  config(file: string, options?: ToolOptions & ComposeConfigOptions): Promise<ToolResult>;
}

export interface ComposeConfigOptions {
  readonly profiles?: readonly string[];
  /** @default 'yaml' */
  readonly format?: 'yaml' | 'json';
}

/** @example const { code, output } = await (await findCompose()).config('docker-compose.monitoring.yml'); */
export async function findCompose(given?: Tool): Promise<Compose> {
  const tool = given ?? (await provide('docker-compose'));
  const run: Compose['run'] = (args, options) => runTool(tool, args, options);
  return {
    tool,
    run,
    config: (file, { profiles = [], format = 'yaml', ...options } = {}) =>
      run(
        ['-f', file, ...profiles.flatMap((profile) => ['--profile', profile]), 'config', '--format', format],
        options,
      ),
  };
}
