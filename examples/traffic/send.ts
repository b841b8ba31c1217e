/** Sends one planned request on a kept-alive connection and reads its answer. */
import { type Agent, request } from 'node:http';
import { seed, seedToken } from '../api/database/seed.ts';
import type { Caller, PlannedRequest } from './visit.ts';
import type { World } from './world.ts';

export interface Answer {
  readonly status: number;
  /** The JSON object of a success; empty for anything else. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface SendOptions {
  readonly base: URL;
  readonly agent: Agent;
  readonly paymentsKey: string;
  readonly world: World;
  readonly signal: AbortSignal;
}

const timeoutMillis = 15_000;

export function send(
  planned: Required<Pick<PlannedRequest, 'method'>> & PlannedRequest,
  options: SendOptions,
): Promise<Answer> {
  const { base, agent, signal } = options;
  const body = bodyOf(planned);
  const headers = {
    ...authorization(planned.as ?? 'stranger', options),
    ...(body === undefined
      ? {}
      : { 'content-type': contentTypeOf(planned), 'content-length': Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(planned.path, base), { method: planned.method, headers, agent, signal });
    outgoing.setTimeout(timeoutMillis, () => outgoing.destroy(new Error(`no answer in ${timeoutMillis} ms`)));
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, body: objectIn(chunks, response.statusCode) }),
      );
    });
    outgoing.end(body);
  });
}

function authorization(caller: Caller, { world, paymentsKey }: SendOptions): Record<string, string> {
  const tokens: Readonly<Record<Caller, () => string | undefined>> = {
    teacher: () => seedToken(world.upTo(seed.teachers)),
    student: () => seedToken(seed.teachers + world.upTo(seed.users - seed.teachers)),
    service: () => paymentsKey,
    stranger: () => undefined,
  };
  const token = tokens[caller]();
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function bodyOf({ body }: PlannedRequest): string | undefined {
  return typeof body === 'object' ? JSON.stringify(body) : body;
}

function contentTypeOf({ body }: PlannedRequest): string {
  return typeof body === 'object' ? 'application/json' : 'application/octet-stream';
}

function objectIn(chunks: readonly Buffer[], status = 0): Readonly<Record<string, unknown>> {
  if (status >= 300 || chunks.length > 4) return {};
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
