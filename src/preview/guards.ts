/**
 * Which requests are answered at all. A page of another site can make a browser send requests here, and can even give its
 * own name this server's address (DNS rebinding): neither may read metrics or flip a switch.
 */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { type Answer, problemAnswer, wrongMethod } from './answer.ts';

export interface Guarded {
  readonly request: IncomingMessage;
  /** Decoded. */
  readonly path: string;
  /** The host that the server was told to listen on. */
  readonly host: string;
}

type Guard = (guarded: Guarded) => Answer | undefined;

const methods = ['GET', 'HEAD', 'POST'];

const knownMethod: Guard = ({ request: { method = '' } }) =>
  methods.includes(method) ? undefined : wrongMethod(method, methods);

const ownHost: Guard = ({ request, host }) => {
  const name = nameOf(request.headers.host ?? '');
  if (name !== undefined && (name === 'localhost' || name === host.toLowerCase() || isIP(name) !== 0)) return undefined;
  return problemAnswer(
    421,
    'Cannot answer for the host that this request names: use localhost, an IP address, or the name given with --host',
  );
};

/** Browsers say who asks. Top-level navigation is `none`; programs say nothing. */
const ownSite: Guard = ({ request: { headers }, path }) => {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none' || !path.startsWith('/api/')) return undefined;
  return problemAnswer(403, 'Cannot answer a request that another site makes');
};

/** Under `no-referrer` some browsers send `Origin: null` even to the own origin. */
const ownOrigin: Guard = ({ request: { method, headers } }) => {
  const { origin, host = '' } = headers;
  if (method !== 'POST' || origin === undefined) return undefined;
  if (origin === 'null' && headers['sec-fetch-site'] === 'same-origin') return undefined;
  const expected = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).host : '';
  if (URL.canParse(origin) && new URL(origin).host === expected) return undefined;
  return problemAnswer(403, 'Cannot take a POST that another origin sends');
};

const guards: readonly Guard[] = [knownMethod, ownHost, ownSite, ownOrigin];

/** The first refusal, if there is one. */
export function refusalOf(guarded: Guarded): Answer | undefined {
  for (const guard of guards) {
    const refusal = guard(guarded);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** The host name of a Host header, without brackets around IPv6. */
function nameOf(header: string): string | undefined {
  if (!/^[\w.:[\]-]+$/.test(header) || !URL.canParse(`http://${header}`)) return undefined;
  return new URL(`http://${header}`).hostname.replace(/^\[(.*)\]$/, '$1');
}
