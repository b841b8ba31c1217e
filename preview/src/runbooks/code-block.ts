/** A block of code: what it is written in, and a button that copies it. */

/** What is said above a block, by the word behind its fence. */
const languages: Readonly<Record<string, string>> = {
  sh: 'Shell',
  bash: 'Shell',
  shell: 'Shell',
  promql: 'PromQL',
  sql: 'SQL',
  ts: 'TypeScript',
  yaml: 'YAML',
  yml: 'YAML',
  json: 'JSON',
};

/**
 * @param info words behind the fence; the first names the language
 * @param escape of text for HTML
 */
export function codeBlock(code: string, info: string, escape: (text: string) => string): string {
  const word = info.trim().split(/\s+/)[0] ?? '';
  const language = Object.hasOwn(languages, word) ? languages[word] : undefined;
  const label = escape(language ?? (word || 'Text'));
  return [
    `<figure class="code" data-language="${label}">`,
    `<figcaption>${label}<button type="button" data-copy>Copy</button></figcaption>`,
    `<pre tabindex="0" aria-label="${label}"><code>${escape(code)}</code></pre>`,
    '</figure>\n',
  ].join('');
}
