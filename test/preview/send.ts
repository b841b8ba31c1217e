/** Requests over connections of their own, with nothing added, corrected or followed. */
import { request as openRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Plan {
  readonly method?: string;
  /** The target of the request, sent as it is. @default '/' */
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly bytes: Buffer;
}

export function send(port: number, { method = 'GET', target = '/', headers = {}, body }: Plan): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = openRequest(
      { host: '127.0.0.1', port, method, path: target, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes.toString(), bytes });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** The error sentence of an answer, and its status. */
export async function problemOf(port: number, plan: Plan): Promise<{ status: number; error: unknown }> {
  const { status, body } = await send(port, plan);
  return { status, error: (JSON.parse(body) as { error: unknown }).error };
}

/** What comes back for text that is written to the socket, until the server closes it. */
export async function sendText(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  return text(socket);
}
