/** A table as aligned text, and as Markdown. The first row is the head; all columns but the first are numbers. */

export interface Table {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
  readonly note?: string;
}

export function textTable({ title, rows, note }: Table): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${[title, ...lines, ...(note === undefined ? [] : [note])].join('\n')}\n`;
}

export function markdownTable({ title, rows, note }: Table): string {
  const [head = [], ...body] = rows;
  const table = [head, head.map(() => '---'), ...body].map(markdownRow).join('\n');
  return `### ${title}\n\n${table}\n${note === undefined ? '' : `\n${note}\n`}`;
}

function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
