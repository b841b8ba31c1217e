/**
 * Passes a read on to Prometheus or Alertmanager. The path is one of a list, the parameters are written anew, and of the
 * browser's headers only what it accepts goes along: no cookie in either direction.
 */
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { allowedPath, type AllowedPath } from './allowed-paths.ts';
import { type Answer, problemAnswer, wrongMethod } from './answer.ts';
import { bodyOf } from './body.ts';
import type { Exchange } from './exchange.ts';
import { isFailure } from './upstream-failure.ts';
import type { Upstream } from './upstream.ts';

const form = 'application/x-www-form-urlencoded';
const passedOn = ['accept', 'accept-encoding'] as const;
const passedBack = ['content-type', 'content-encoding', 'content-length'] as const;

/** @returns the refusal; undefined when the answer has been streamed */
export async function proxy(
  exchange: Exchange,
  upstream: Upstream,
  paths: readonly AllowedPath[],
): Promise<Answer | undefined> {
  const { request, response, rest, query } = exchange;
  const allowed = allowedPath(paths, rest);
  if (allowed === undefined) return notAllowed(upstream, paths);
  const method = allowed.methods.find((method) => method === request.method);
  if (method === undefined) return wrongMethod(request.method, allowed.methods);
  const body = method === 'POST' ? await bodyOf(request, form) : undefined;
  if (body !== undefined && 'status' in body) return body;

  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const answer = await upstream.ask({
    method,
    path: withParameters(rest, query),
    headers: { ...pick(request, passedOn), ...(body === undefined ? {} : { 'content-type': form }) },
    body,
    signal: gone.signal,
  });
  if (isFailure(answer)) return problemAnswer(answer.status, answer.sentence);
  response.writeHead(answer.statusCode ?? 502, { 'cache-control': 'no-store', ...pick(answer, passedBack) });
  // Where one side breaks off, the other is ended too: half an answer never looks whole.
  await pipeline(answer, response).catch(() => undefined);
  return undefined;
}

function notAllowed({ name }: Upstream, paths: readonly AllowedPath[]): Answer {
  const known = paths.map(({ path }) => path).join(', ');
  return problemAnswer(403, `Cannot pass this path on to ${name}: allowed are ${known}`);
}

function withParameters(path: string, query: string): string {
  const parameters = new URLSearchParams(query).toString();
  return parameters === '' ? path : `${path}?${parameters}`;
}

function pick({ headers }: IncomingMessage, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
