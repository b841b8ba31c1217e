/** A short aligned table of the programs in use: tool, version, where it came from, and what was passed over. */
import type { Tool } from './find-tool.ts';

/** @example process.stdout.write(toolsTable(Object.values(await provide(['prometheus', 'promtool'])))); */
export function toolsTable(tools: readonly Tool[]): string {
  const rows = [['tool', 'version', 'from'], ...tools.map((tool) => [tool.name, tool.version, tool.origin])];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  const notes = new Set(tools.flatMap((tool) => tool.passedOver).map((why) => `passed over: ${why}`));
  return `${[...lines, ...notes].join('\n')}\n`;
}
