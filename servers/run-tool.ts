/** Runs a found program to its end. */
import type { Tool } from './find-tool.ts';
import { runCommand, type CommandOptions } from './process/run-command.ts';

export interface ToolResult {
  /** The exit code: 0 means the program is content. -1: it was killed, or could not be started. */
  readonly code: number;
  /** What it wrote, to standard output and standard error. */
  readonly output: string;
  /** What it wrote to standard output alone. */
  readonly stdout: string;
}

export type ToolOptions = Pick<CommandOptions, 'cwd' | 'env' | 'input' | 'timeoutMillis'>;

/** Never throws for what the program thinks of its input: look at `code`. */
export function runTool(tool: Tool, args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> {
  return runCommand(tool.path, args, { ...options, env: { ...tool.env, ...options.env } });
}
