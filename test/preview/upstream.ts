/** A server that stands where Prometheus or Alertmanager would, and writes down what reaches it. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Seen {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface TestUpstream {
  readonly server: Server;
  readonly port: number;
  readonly url: string;
  readonly seen: Seen[];
  /** How many connections were made to it. */
  readonly connections: () => number;
  close(): Promise<void>;
}

export const success = { status: 'success', data: { resultType: 'vector', result: [] } };

const answerSuccess: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(success));
};

/** What a preview asks at its start: answered, and not written down. */
const startCheck = /\/api\/v1\/query\?query=1$|\/api\/v2\/alerts\?active=false&/;

export async function startUpstream(answer: RequestListener = answerSuccess): Promise<TestUpstream> {
  const seen: Seen[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    if (startCheck.test(request.url ?? '')) return answerSuccess(request, response);
    void record(request, seen).then(() => answer(request, response));
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server,
    port,
    url: `http://127.0.0.1:${port}`,
    seen,
    connections: () => connections,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function record(request: IncomingMessage, seen: Seen[]): Promise<void> {
  const { method = '', url: target = '', headers } = request;
  seen.push({ method, target, headers, body: await text(request) });
}
