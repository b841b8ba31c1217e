/**
 * Where the links of dashboards, panels and cells lead on this page. Addresses come from JSON files and from label values,
 * so only pages and http(s) are let through.
 */
import { timeParameters, variableParameters } from './built-in-variables.ts';
import type { QueryContext } from './context.ts';
import { interpolateLink, interpolateTitle } from './interpolate.ts';

/** As much of a `DashboardLink` or `DataLink` as is read. */
export interface LinkInput {
  readonly title: string;
  readonly url?: string;
  readonly includeVars?: boolean;
  readonly keepTime?: boolean;
}

export interface ResolvedUrl {
  /** A path of this page (`/d/...`, `/runbooks/...`), or an http(s) address. */
  readonly href: string;
  /** Whether it leaves this page: then it takes `target="_blank" rel="noopener noreferrer"`. */
  readonly external: boolean;
}

export interface ResolvedLink extends ResolvedUrl {
  readonly title: string;
}

/** A host that nothing has: addresses that have it after parsing were relative. */
const page = new URL('http://page.invalid');

/**
 * @param runbooks paths of PreviewInfo.runbooks
 * @returns undefined when it leads nowhere, or must not be followed
 */
export function resolveLink(
  link: LinkInput,
  context: QueryContext,
  runbooks: readonly string[],
): ResolvedLink | undefined {
  const { title, url = '', includeVars = false, keepTime = false } = link;
  if (url === '') return undefined;
  const parameters = [keepTime ? timeParameters(context) : '', includeVars ? variableParameters(context) : ''];
  const resolved = resolveUrl(withParameters(interpolateLink(url, context), parameters), runbooks);
  return resolved && { title: interpolateTitle(title, context), ...resolved };
}

/** For an address without variables, such as `href` of the links that `field.getLinks` of @grafana/data gives. */
export function resolveUrl(url: string, runbooks: readonly string[]): ResolvedUrl | undefined {
  if (!URL.canParse(url, page.href)) return undefined;
  const parsed = new URL(url, page);
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return undefined;
  const runbook = runbookOf(parsed, runbooks);
  if (runbook !== undefined) return { href: `/runbooks/${runbook}${parsed.hash}`, external: false };
  if (parsed.origin !== page.origin) return { href: parsed.href, external: true };
  // `/.//host` parses to the path `//host`, which a browser takes for another host.
  return { href: `${parsed.pathname.replace(/^\/+/, '/')}${parsed.search}${parsed.hash}`, external: false };
}

/** The longest known path that the address ends in. */
function runbookOf({ pathname }: URL, runbooks: readonly string[]): string | undefined {
  const known = runbooks.filter((path) => pathname.endsWith(`/runbooks/${encodePath(path)}`));
  return known.toSorted((a, b) => b.length - a.length).map(encodePath)[0];
}

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** Before the fragment, after the parameters that are there. */
function withParameters(url: string, parameters: readonly string[]): string {
  const added = parameters.filter((each) => each !== '').join('&');
  if (added === '') return url;
  const [, address = url, fragment = ''] = /^([^#]*)(#.*)?$/s.exec(url) ?? [];
  return `${address}${address.includes('?') ? '&' : '?'}${added}${fragment}`;
}
