/**
 * Markdown as HTML that is safe to put into the page, whoever wrote it: HTML in it shows as text, images become their
 * text, and a link is one only if it leads to http, https, mail, or a page beside this one.
 */
import createParser, { type MarkdownIt, type Token } from 'markdown-it';
import { anchorsOf } from './anchors.ts';
import { codeBlock } from './code-block.ts';

export interface RenderOptions {
  /** Where a link of the text leads to on this page; undefined when it leads away from it. */
  readonly inPage: (href: string) => string | undefined;
}

export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  readonly text: string;
  /** Fragment of the address, as GitHub gives it. */
  readonly id: string;
}

export interface RenderedMarkdown {
  readonly html: string;
  readonly headings: readonly Heading[];
}

/**
 * @param markdown text of anybody; a comment on top, as generators write one, is left out
 * @example renderMarkdown('# Hello', { inPage: () => undefined }).headings[0]?.id // 'hello'
 */
export function renderMarkdown(markdown: string, { inPage }: RenderOptions): RenderedMarkdown {
  const parser = markdownParser();
  const tokens = parser.parse(withoutTopComment(markdown), {});
  const headings = nameHeadings(tokens);
  for (const token of tokens) for (const child of token.children ?? []) prepareLink(child, inPage);
  return { html: parser.renderer.render(tokens, parser.options, {}), headings };
}

function markdownParser(): MarkdownIt {
  const parser = new createParser({ html: false, linkify: false });
  parser.validateLink = isSafeLink;
  const { rules } = parser.renderer;
  const { escapeHtml } = parser.utils;
  rules['image'] = (tokens, index) => escapeHtml(tokens[index]?.content ?? '');
  rules['fence'] = (tokens, index) => codeBlock(tokens[index]?.content ?? '', tokens[index]?.info ?? '', escapeHtml);
  rules['code_block'] = (tokens, index) => codeBlock(tokens[index]?.content ?? '', '', escapeHtml);
  rules['table_open'] = () => '<div class="table" tabindex="0" role="region" aria-label="Table"><table>';
  rules['table_close'] = () => '</table></div>';
  return parser;
}

/** Schemes that lead out of the page; without a scheme a link is relative. */
const outward = /^(?:https?:\/\/|mailto:)/i;
/** A scheme, or an address that takes over the scheme of the page; browsers skip control characters within. */
// eslint-disable-next-line no-control-regex
const schemed = /^[\u0000-\u0020]*(?:[a-z][a-z0-9+.\-\u0000-\u0020]*:|[/\\]{2})/i;

const isSafeLink = (href: string): boolean => outward.test(href) || !schemed.test(href);

const isWebAddress = (href: string): boolean => /^https?:/i.test(href);

const withoutTopComment = (markdown: string): string => markdown.replace(/^\s*<!--(?:(?!-->)[^])*-->/, '');

function nameHeadings(tokens: readonly Token[]): readonly Heading[] {
  const anchors = anchorsOf();
  return tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open') return [];
    const text = textOf(tokens[index + 1]?.children ?? []);
    const id = anchors(text);
    token.attrSet('id', id);
    return [{ level: Number(token.tag.slice(1)), text, id }];
  });
}

const textOf = (tokens: readonly Token[]): string =>
  tokens.map(({ type, content }) => (type === 'softbreak' ? ' ' : content)).join('');

function prepareLink(token: Token, inPage: RenderOptions['inPage']): void {
  if (token.type !== 'link_open') return;
  const href = String(token.attrGet('href') ?? '');
  const here = inPage(href);
  if (here !== undefined) token.attrSet('href', here);
  else if (isWebAddress(href)) for (const [name, value] of leavingAttributes) token.attrSet(name, value);
}

const leavingAttributes = [
  ['target', '_blank'],
  ['rel', 'noopener noreferrer'],
] as const;
