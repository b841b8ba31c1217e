/** A server that is asked for the page: one request in; its JSON answer out, or why there is none. */
import { Agent, type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { json } from 'node:stream/consumers';
import { sendRequest } from './send-request.ts';
import type { ReadToken } from './token-file.ts';
import { upstreamAddress } from './upstream-address.ts';
import { failureOf, isFailure, type Named, unfit, type UpstreamFailure } from './upstream-failure.ts';

export interface UpstreamRequest {
  readonly method?: 'GET' | 'POST';
  /** Below the address, query included. Nothing from outside but what an allow-list let through. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
  /** Ends the request. */
  readonly signal?: AbortSignal;
  /** @default that of the upstream */
  readonly timeoutMillis?: number;
}

export interface Upstream extends Named {
  /** Never rejects. The answer is JSON, of any status but a redirect's. */
  ask(request: UpstreamRequest): Promise<IncomingMessage | UpstreamFailure>;
  /** The value that a path answers 200 with, or the failure; waits for the given time at the most. */
  read(path: string, atMostMillis: number): Promise<{ readonly value: unknown } | UpstreamFailure>;
  /** Ends what is under way, and closes idle connections. */
  close(): void;
}

export interface UpstreamOptions {
  readonly name: string;
  /** May hold credentials: nothing but `upstreamAddress` reads it. */
  readonly url: string;
  /** Bearer token; read for each request. */
  readonly token: ReadToken | undefined;
  readonly timeoutMillis: number;
}

export function createUpstream(options: UpstreamOptions): Upstream {
  const address = upstreamAddress(options.url);
  const named: Named = { name: options.name, address: address.shown };
  const agent = address.secure ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  const open = address.secure ? secureRequest : plainRequest;
  const base: RequestOptions = { hostname: address.hostname, port: address.port, auth: address.auth, agent };

  const ask: Upstream['ask'] = async ({ timeoutMillis: timeout = options.timeoutMillis, ...request }) => {
    const { method = 'GET', path, body, signal } = request;
    try {
      const headers = { ...request.headers, ...(await ownHeaders(options.token, body)) };
      const details = { ...base, method, path: `${address.prefix}${path}`, headers, timeout };
      const response = await sendRequest(() => open(signal === undefined ? details : { ...details, signal }), body);
      const failure = unfit(response, named);
      if (failure !== undefined) response.destroy();
      return failure ?? response;
    } catch (error) {
      return failureOf(error, named, timeout);
    }
  };
  const read: Upstream['read'] = async (path, atMostMillis) => {
    const answer = await ask({ path, timeoutMillis: Math.min(atMostMillis, options.timeoutMillis) });
    return isFailure(answer) ? answer : readJson(answer, named);
  };
  return { ...named, ask, read, close: () => agent.destroy() };
}

async function ownHeaders(token: ReadToken | undefined, body: Buffer | undefined): Promise<Record<string, string>> {
  return {
    'user-agent': 'telltale-preview',
    ...(body === undefined ? {} : { 'content-length': String(body.length) }),
    ...(token === undefined ? {} : { authorization: `Bearer ${await token()}` }),
  };
}

async function readJson(response: IncomingMessage, { name, address }: Named): ReturnType<Upstream['read']> {
  const value = await json(response).catch(() => undefined);
  if (response.statusCode === 200 && value !== undefined) return { value };
  const said = `it answers ${response.statusCode ?? 0} ${response.statusMessage ?? ''}`;
  return { status: 502, sentence: `Cannot use the answer of ${name} at ${address}: ${said}` };
}
