/** An answer as a value, and how it is sent. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Read anew each time: nothing of it is kept by a browser. */
const fresh = { 'cache-control': 'no-store' };

export function jsonAnswer(value: unknown, status = 200): Answer {
  return textAnswer(JSON.stringify(value), 'application/json', status);
}

export function textAnswer(text: string, type: string, status = 200): Answer {
  return { status, headers: { ...fresh, 'content-type': `${type}; charset=utf-8` }, body: text };
}

/** @param error a sentence for people */
export function problemAnswer(status: number, error: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const answer = jsonAnswer({ error }, status);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

export function wrongMethod(method: string | undefined, allowed: readonly string[]): Answer {
  return problemAnswer(405, `Cannot answer ${method ?? 'this method'}: allowed are ${allowed.join(', ')}`, {
    allow: allowed.join(', '),
  });
}

/** To HEAD without the body. What else is in the way, such as a body that nobody reads, Node takes care of. */
export function sendAnswer(
  { status, headers, body }: Answer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  response.writeHead(status, status === 304 ? headers : { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' || status === 304 ? undefined : body);
}
