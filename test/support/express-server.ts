/** A real server on a free port of loopback, and a client without a connection pool. */
import { request as sendRequest, createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RequestPlan {
  /** @default 127.0.0.1 */
  readonly host?: string;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Goes away before the headers come, or once they have. */
  readonly abort?: 'before_headers' | 'mid_stream';
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface RunningServer {
  readonly server: Server;
  readonly port: number;
  /** Undefined for an aborted request. */
  readonly send: (plan: RequestPlan) => Promise<Answer | undefined>;
  readonly close: () => Promise<void>;
}

export async function startServer(listener: RequestListener): Promise<RunningServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server,
    port,
    send: (plan) => send(port, plan),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One request on a connection of its own; undefined once it was aborted. */
export function send(port: number, plan: RequestPlan): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    const { host = '127.0.0.1', method = 'GET', path, headers = {}, abort } = plan;
    const request = sendRequest({ host, port, method, path, headers, agent: false }, (response) => {
      if (abort === 'mid_stream') request.destroy();
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve(undefined));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.on('error', (error) => (abort === undefined ? reject(error) : undefined));
    request.on('close', () => (abort === undefined ? undefined : resolve(undefined)));
    request.end(plan.body);
    if (abort === 'before_headers') request.on('finish', () => setTimeout(() => request.destroy(), 20));
  });
}
