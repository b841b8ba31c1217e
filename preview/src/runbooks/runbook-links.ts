/** Where the links of a runbook lead within this page. */
import type { PreviewInfo } from '../../../src/preview/answers.ts';
import { inPageAddress } from '../shell/links.ts';

/**
 * @param path of the runbook that the links are in
 * @returns a function that gives the in-page address of a link, or undefined when it leads away
 * @example inPageLinksOf('alerts/X.md', info)('../rollback.md#now') // '/runbooks/rollback.md#now'
 */
export function inPageLinksOf(path: string, info: PreviewInfo): (href: string) => string | undefined {
  const here = new URL(`/runbooks/${path}`, location.origin);
  return (href) => {
    if (/^https?:/i.test(href)) return inPageAddress(href, info);
    if (/^mailto:/i.test(href) || !URL.canParse(href, here)) return undefined;
    const { pathname, search, hash } = new URL(href, here);
    // What begins with two slashes would lead to another host.
    return pathname.replace(/^\/+/, '/') + search + hash;
  };
}
