/** The address of a server that is asked: for people without its credentials, for requests with them. */
import { urlToHttpOptions } from 'node:url';

export interface UpstreamAddress {
  /** Scheme, host, port and path prefix; no credentials, no "/" at the end. */
  readonly shown: string;
  /** Path prefix, without "/" at the end: empty for most. */
  readonly prefix: string;
  readonly secure: boolean;
  /** Without brackets around IPv6. */
  readonly hostname: string;
  readonly port: number | undefined;
  /** `user:password`, decoded. */
  readonly auth: string | undefined;
}

/** @param text one that `isAddress` accepts */
export function upstreamAddress(text: string): UpstreamAddress {
  const url = new URL(text);
  const { auth, hostname } = urlToHttpOptions(url);
  const prefix = url.pathname.replace(/\/+$/, '');
  return {
    shown: `${url.origin}${prefix}`,
    prefix,
    secure: url.protocol === 'https:',
    hostname: hostname ?? url.hostname,
    port: url.port === '' ? undefined : Number(url.port),
    auth: auth ?? undefined,
  };
}

export function isAddress(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value) || /[\s\p{Cc}?#]/u.test(value)) return false;
  const url = new URL(value);
  return ['http:', 'https:'].includes(url.protocol) && decodes(url.username) && decodes(url.password);
}

export function hasCredentials(text: string): boolean {
  if (!isAddress(text)) return false;
  const { username, password } = new URL(text);
  return username !== '' || password !== '';
}

/** For messages. Cuts at the last "@", since a password may hold anything, "/" and "@" included. */
export function withoutCredentials(text: string): string {
  return text.replace(/^([a-z]+:\/\/)?.*@/is, '$1***@');
}

/** The text of an origin and a path, from an address that a server names; undefined if it is none. */
export function shownLocation(location: string, base: string): string | undefined {
  if (!URL.canParse(location, base)) return undefined;
  const { origin, pathname } = new URL(location, base);
  return origin === 'null' ? undefined : `${origin}${pathname}`;
}

function decodes(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
