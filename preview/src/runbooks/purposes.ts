/** What each runbook is for in one sentence, as the tables of the index say it. */

/** The columns of the index whose cell is that sentence. */
const purposeColumns: ReadonlySet<string> = new Set(['For', 'Means']);

/**
 * @param index Markdown with tables whose first column links to a runbook
 * @returns sentences by path, e.g. `alerts/HighErrorRate.md`
 */
export function purposesOf(index: string): ReadonlyMap<string, string> {
  const purposes = new Map<string, string>();
  let column = -1;
  for (const line of index.split('\n')) {
    const cells = cellsOf(line);
    const path = /\]\(([^)\s]+\.md)\)/.exec(cells[0] ?? '')?.[1];
    const purpose = cells[column];
    if (path === undefined) column = columnOf(cells, column);
    else if (purpose !== undefined) purposes.set(path, plainText(purpose));
  }
  return purposes;
}

/** A head of a table names the column, its rule keeps it, and any other line ends it. */
function columnOf(cells: readonly string[], before: number): number {
  if (cells.length > 0 && cells.every((cell) => /^:?-+:?$/.test(cell))) return before;
  return cells.findIndex((cell) => purposeColumns.has(cell));
}

function cellsOf(line: string): readonly string[] {
  if (!line.startsWith('|')) return [];
  return line
    .slice(1)
    .replace(/\|\s*$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

const plainText = (markdown: string): string => markdown.replace(/[`*]/g, '').replace(/\\(.)/g, '$1');
