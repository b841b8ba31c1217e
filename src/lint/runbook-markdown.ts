/** Just enough of Markdown to check what we emit: fenced code, headings and links. */
import { anchorOf } from '../emit/markdown.ts';

export interface Fence {
  readonly language: string;
  readonly code: string;
}

export interface Heading {
  readonly level: number;
  readonly text: string;
  /** Whether anything stands between it and the next heading. */
  readonly empty: boolean;
}

/** Fenced code blocks, in order. */
export function fencesOf(markdown: string): readonly Fence[] {
  const fences = markdown.matchAll(/^(`{3,})(\w*)\n([\s\S]*?)\n\1$/gm);
  return [...fences].map(([, , language = '', code = '']) => ({ language, code }));
}

/** The text without fenced code. */
export function proseOf(markdown: string): string {
  return markdown.replace(/^(`{3,})(\w*)\n[\s\S]*?\n\1$/gm, '(code)');
}

export function headingsOf(markdown: string): readonly Heading[] {
  const lines = proseOf(markdown).split('\n');
  const marked = lines.flatMap((line, index) => {
    const match = /^(#{1,6}) (.*)$/.exec(line);
    return match === null ? [] : [{ level: match[1]?.length ?? 1, text: unescape(match[2] ?? ''), index }];
  });
  return marked.map(({ level, text, index }, position) => {
    const next = marked[position + 1];
    const between = lines.slice(index + 1, next?.index ?? lines.length).some((line) => line.trim() !== '');
    return { level, text, empty: !between && (next === undefined || next.level <= level) };
  });
}

/** Anchors as renderers make them: a heading that repeats gets a number. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  return new Set(
    headingsOf(markdown).map(({ text }) => {
      const anchor = anchorOf(text);
      const count = seen.get(anchor) ?? 0;
      seen.set(anchor, count + 1);
      return count === 0 ? anchor : `${anchor}-${count}`;
    }),
  );
}

/** Targets of links in the prose, code spans left out. */
export function linksOf(markdown: string): readonly string[] {
  const prose = proseOf(markdown).replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
  return [...prose.matchAll(/(?<!\\)\]\(([^()\s]+)\)/g)].flatMap(([, target]) =>
    target === undefined ? [] : [target],
  );
}

function unescape(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
