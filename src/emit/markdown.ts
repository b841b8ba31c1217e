/** Markdown as text: headings' anchors, tables that align, fenced code, one blank line between blocks. */

/** The anchor that GitHub, GitLab and most renderers give a heading. */
export function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

/** A table whose columns align in the source too. A bar inside a cell is escaped. */
export function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, ...rows].map((cells) => cells.map(toCell));
  const widths = columns.map((_, index) => Math.max(3, ...lines.map((cells) => widthOf(cells[index] ?? ''))));
  const rule = widths.map((width) => '-'.repeat(width));
  const [head = [], ...body] = lines;
  return [head, rule, ...body].map((cells) => tableLine(cells, widths)).join('\n');
}

/** A fence longer than any run of backticks inside. */
export function codeFence(language: string, code: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}

/** Text as inline code. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  const pad = /^`|`$/.test(text) ? ' ' : '';
  return `${ticks}${pad}${text}${pad}${ticks}`;
}

export function markdownList(items: readonly string[], bullet: '-' | '- [ ]' = '-'): string {
  return items.map((item) => `${bullet} ${item}`).join('\n');
}

/** Outside fenced code: no white space at the end of a line, no more than one empty line; one line break at the end. */
export function tidyMarkdown(text: string): string {
  let fence: string | undefined;
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const mark = /^`{3,}/.exec(line)?.[0];
    const inside = fence !== undefined;
    if (fence === undefined) fence = mark;
    else if (line.trimEnd() === fence) fence = undefined;
    const kept = inside ? line : line.trimEnd();
    if (inside || kept !== '' || (lines.at(-1) ?? '') !== '') lines.push(kept);
  }
  return `${lines.join('\n').trim()}\n`;
}

function toCell(text: string): string {
  return text
    .replace(/\n/g, ' ')
    .replace(/(\\*)\|/g, (bar, slashes: string) => (slashes.length % 2 === 1 ? bar : `${slashes}\\|`));
}

function tableLine(cells: readonly string[], widths: readonly number[]): string {
  const padded = widths.map((width, index) => {
    const cell = cells[index] ?? '';
    return cell + ' '.repeat(Math.max(0, width - widthOf(cell)));
  });
  return `| ${padded.join(' | ')} |`;
}

function widthOf(cell: string): number {
  return Array.from(cell).length;
}
