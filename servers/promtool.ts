/** The real promtool: checks configurations, rules and expositions, tests rules, makes history. */
import type { Tool } from './find-tool.ts';
import { provide } from './provide.ts';
import { runTool, type ToolOptions, type ToolResult } from './run-tool.ts';

export interface Promtool {
  readonly tool: Tool;
  run(args: readonly string[], options?: ToolOptions): Promise<ToolResult>;
  /** Checks a `prometheus.yml` and the rule and target files it names (paths count from its folder; they must exist). */
  checkConfig(file: string, options?: ToolOptions): Promise<ToolResult>;
  /** Checks rule files; with `lint` also for duplicates and the like, which then count as errors. */
  checkRules(files: readonly string[], options?: ToolOptions & { readonly lint?: boolean }): Promise<ToolResult>;
  /** Runs rule tests, whose `rule_files` count from the test file's folder. `only` is a pattern of test group names. */
  testRules(files: readonly string[], options?: ToolOptions & { readonly only?: string }): Promise<ToolResult>;
  /** Checks the text of a `/metrics` page against the naming conventions (exit code 3 when it has remarks). */
  checkMetrics(exposition: string): Promise<ToolResult>;
  /** Turns an OpenMetrics file with timestamps into blocks for a Prometheus data folder: history made beforehand. */
  createBlocks(openMetricsFile: string, dataFolder: string): Promise<ToolResult>;
}

/** @example const { code, output } = await (await findPromtool()).checkRules(['alerts/http.yml'], { lint: true }); */
export async function findPromtool(given?: Tool): Promise<Promtool> {
  const tool = given ?? (await provide('promtool'));
  const run: Promtool['run'] = (args, options) => runTool(tool, args, options);
  return {
    tool,
    run,
    checkConfig: (file, options) => run(['check', 'config', file], options),
    checkRules: (files, { lint = false, ...options } = {}) =>
      run(['check', 'rules', ...(lint ? ['--lint=all', '--lint-fatal'] : []), ...files], options),
    testRules: (files, { only, ...options } = {}) =>
      run(['test', 'rules', ...(only === undefined ? [] : [`--run=${only}`]), ...files], options),
    checkMetrics: (exposition) => run(['check', 'metrics'], { input: exposition }),
    createBlocks: (openMetricsFile, dataFolder) =>
      run(['tsdb', 'create-blocks-from', 'openmetrics', openMetricsFile, dataFolder], { timeoutMillis: 300_000 }),
  };
}
