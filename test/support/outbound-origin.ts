/** A real server that answers, breaks off and hangs as it is asked to, and what was recorded of the calls to it. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { onTestFinished, vi } from 'vitest';
import { outboundMetrics } from '../../src/instrument/outbound/outbound.ts';
import type { Dependencies } from '../../src/instrument/outbound/dependencies.ts';
import type { Certificate } from './certificate.ts';
import { scrape } from './exposition.ts';

export interface Origin {
  /** `localhost:port` */
  readonly host: string;
  readonly port: number;
  /** With its scheme. */
  readonly url: string;
  /** Closes every connection, so that whatever still waits for one hears of it. */
  readonly cut: () => void;
}

/** Between the headers and the end of `/slow-body`. */
export const slowBodyMillis = 200;

let flakyAnswers = 0;

const answers: Readonly<Record<string, RequestListener>> = {
  '/ok': (_, response) => response.end('ok'),
  '/empty': (_, response) => response.writeHead(204).end(),
  '/missing': (_, response) => response.writeHead(404).end('not here'),
  '/moved': (_, response) => response.writeHead(302, { location: '/ok' }).end(),
  '/hang': () => {},
  '/reset': (request) => request.socket.destroy(),
  '/half': (_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.destroy());
  },
  '/garbage': (request) => request.socket.end('HTTP/9 nonsense\r\n\r\n'),
  '/broken-chunk': (request) =>
    request.socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nno size\r\n'),
  '/stall': (_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half');
  },
  '/slow-body': (_, response) => {
    response.flushHeaders();
    setTimeout(() => response.end('ok'), slowBodyMillis);
  },
  '/large': (_, response) => response.end(Buffer.alloc(4_000_000)),
  '/early': (_, response) => response.writeHead(401, { connection: 'close' }).end(),
  '/hints': (_, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.end('ok');
  },
  '/echo': (request, response) => request.pipe(response),
  // Two of three fail.
  '/flaky': (_, response) => {
    flakyAnswers += 1;
    response.writeHead(flakyAnswers % 3 === 0 ? 200 : 503, { 'retry-after': '0' }).end();
  },
};

export type OriginKind = 'http' | 'https' | 'http2';

/** Stopped with the test. `path` makes it listen on a unix socket. */
export async function startOrigin(
  kind: OriginKind = 'http',
  { certificate, path }: { readonly certificate?: Certificate; readonly path?: string } = {},
): Promise<Origin> {
  const server = serverOf(kind, certificate);
  const sockets = new Set<Socket>();
  for (const event of ['connection', 'secureConnection'] as const) {
    server.on(event, (socket) => {
      sockets.add(socket.on('error', () => {}));
      socket.once('close', () => sockets.delete(socket));
    });
  }
  server.on('upgrade', (request, socket) => {
    const accepted = request.url === '/upgrade';
    socket.write(
      accepted
        ? 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n'
        : 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n',
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(path ?? 0, () => resolve());
  });
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    server.close();
    cut();
  });
  const port = path === undefined ? (server.address() as AddressInfo).port : 0;
  const host = `localhost:${port}`;
  return { port, host, url: `${kind === 'http' ? 'http' : 'https'}://${host}`, cut };
}

const answer: RequestListener = (request, response) => answers[request.url ?? '']?.(request, response);

function serverOf(kind: OriginKind, certificate: Certificate | undefined): Server {
  if (kind === 'http') return createServer(answer);
  if (kind === 'https') return createHttpsServer({ ...certificate }, answer);
  return createSecureServer({ ...certificate, allowHTTP1: false }, answer as never) as never;
}

/** A port that nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A registry on which calls are recorded until the test ends. */
export function watch(dependencies: Dependencies): Registry {
  const registry = new Registry();
  const metrics = outboundMetrics({ registry, dependencies });
  onTestFinished(() => metrics.dispose());
  return registry;
}

/** How many calls, as "dependency method status". */
export async function recorded(registry: Registry): Promise<Record<string, number>> {
  return (await scrape(registry)).series('http_client_request_duration_seconds_count');
}

/** What is recorded once nothing is added any more, also after every connection is closed. */
export async function settled(registry: Registry, origin: Origin): Promise<Record<string, number>> {
  await vi.waitUntil(() => isQuiet(registry), { timeout: 20_000, interval: 1 });
  origin.cut();
  await vi.waitUntil(() => isQuiet(registry), { timeout: 20_000, interval: 1 });
  return recorded(registry);
}

async function isQuiet(registry: Registry): Promise<boolean> {
  const before = await recorded(registry);
  await sleep(20);
  const after = await recorded(registry);
  return Object.keys(after).length > 0 && JSON.stringify(after) === JSON.stringify(before);
}

/** Seconds recorded of all calls. */
export async function recordedSeconds(registry: Registry): Promise<number> {
  const { series } = await scrape(registry);
  return Object.values(series('http_client_request_duration_seconds_sum')).reduce((sum, value) => sum + value, 0);
}
