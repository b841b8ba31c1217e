/** Text of a user inside Markdown: it reads as it was written, whatever it holds. */

/** Characters that can start inline markup, a link, an entity or a table cell, anywhere in a line. */
const inlineMarkup = /[\\`*_{}[\]<>|~&$]/g;

/** What is markup only at the start of a line: headings, lists, quotes, rules, numbered items. */
const lineStart = /^(?:[#+=:-]|\d+(?=[.)]))/;

/**
 * One line of a user's text as Markdown. Line breaks and other white space become single spaces.
 * @example escapeMarkdown('a_b | [c]') // 'a\\_b \\| \\[c\\]'
 */
export function escapeMarkdown(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const inline = line.replace(inlineMarkup, '\\$&').replace(/\b(https?|ftp|www|mailto|xmpp)([:.])/gi, '$1\\$2');
  return inline.replace(/@/g, '\\@').replace(lineStart, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}
