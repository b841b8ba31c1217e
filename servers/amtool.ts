/** The real amtool: checks an Alertmanager configuration and says where an alert would go. */
import { TelltaleError } from '../src/errors.ts';
import type { Tool } from './find-tool.ts';
import { provide } from './provide.ts';
import { runTool, type ToolOptions, type ToolResult } from './run-tool.ts';

export interface Amtool {
  readonly tool: Tool;
  run(args: readonly string[], options?: ToolOptions): Promise<ToolResult>;
  /** Checks an `alertmanager.yml` and the templates it names. */
  checkConfig(file: string, options?: ToolOptions): Promise<ToolResult>;
  /** The receivers an alert with these labels reaches, in routing order. */
  receivers(file: string, labels: Readonly<Record<string, string>>): Promise<readonly string[]>;
}

/** @example await (await findAmtool()).receivers('alertmanager.yml', { severity: 'critical' }); // ['pager'] */
export async function findAmtool(given?: Tool): Promise<Amtool> {
  const tool = given ?? (await provide('amtool'));
  const run: Amtool['run'] = (args, options) => runTool(tool, args, options);
  return {
    tool,
    run,
    checkConfig: (file, options) => run(['check-config', file], options),
    async receivers(file, labels) {
      const matchers = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      const { code, output, stdout } = await run(['config', 'routes', 'test', `--config.file=${file}`, ...matchers]);
      if (code !== 0)
        throw new TelltaleError('TELLTALE_SERVER', `Cannot route ${matchers.join(' ')} with ${file}: ${output}`);
      return stdout
        .trim()
        .split(/[,\n]/)
        .filter((receiver) => receiver !== '');
    },
  };
}
