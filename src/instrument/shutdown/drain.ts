/** Lets a server finish what it has begun, and nothing more. */
import { Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Http2Session } from 'node:http2';
import type { Server, Socket } from 'node:net';
import { setImmediate as afterPoll } from 'node:timers/promises';
import type { Log } from './steps.ts';

export interface DrainedServer {
  /** From now on answers say `Connection: close`: no connection is kept for a request that would come too late. */
  goAway(): void;
  /** Stops accepting and resolves once the last connection is closed; what is left is cut when the signal is aborted. */
  drain(signal: AbortSignal): Promise<void>;
  dispose(): void;
}

/** Of servers of node:http and https only. */
type ConnectionList = Partial<{ closeIdleConnections(): void; closeAllConnections(): void }>;

const sweepMillis = 50;
/** How long after the stop a connection may take to begin its first request. */
const silentMillis = 1_000;

/** Servers of node:http, https, http2 and net. Knows the connections that come after the call. */
export function drainable(server: Server, log: Log): DrainedServer {
  const sockets = new Set<Socket>();
  const sessions = new Set<Http2Session>();
  const opened = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  const begun = (session: Http2Session): void => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  };
  const listeners = { connection: opened, secureConnection: opened, session: begun, request: closeAfterAnswer };
  for (const event of ['connection', 'secureConnection', 'session'] as const) server.on(event, listeners[event]);
  return {
    goAway: () => {
      server.prependListener('request', closeAfterAnswer);
      for (const socket of sockets) closeRunning(socket);
    },
    drain: async (signal) => {
      // What has arrived by now is read first: a request in a buffer of the kernel is a request.
      await afterPoll();
      await close({ server, sockets, sessions }, signal, log);
    },
    dispose: () => {
      for (const [event, listener] of Object.entries(listeners)) server.removeListener(event, listener);
    },
  };
}

interface Draining {
  readonly server: Server;
  readonly sockets: ReadonlySet<Socket>;
  readonly sessions: ReadonlySet<Http2Session>;
}

async function close({ server, sockets, sessions }: Draining, signal: AbortSignal, log: Log): Promise<void> {
  const start = performance.now();
  const closed = new Promise<void>((resolve) => {
    // Of a server that does not listen, the error says just that.
    server.close(() => resolve());
  });
  // HTTP/2 says so to its clients, and closes once its streams have ended.
  for (const session of sessions) session.close();
  const sweep = setInterval(() => {
    (server as ConnectionList).closeIdleConnections?.();
    // With other protocols the server may be the one who speaks.
    if (server instanceof HttpServer && performance.now() - start > silentMillis) closeSilent(sockets);
  }, sweepMillis);
  const cut = (): void => {
    clearInterval(sweep);
    log(`shutdown: cuts ${sockets.size} connections`);
    // Upgraded ones are on no list of the server, and those from before the call not on ours.
    (server as ConnectionList).closeAllConnections?.();
    for (const socket of sockets) socket.destroy();
  };
  signal.addEventListener('abort', cut);
  await closed;
  clearInterval(sweep);
  signal.removeEventListener('abort', cut);
  // The server says so before they do, and so before the responses that are cut: whoever waits for those has yet to hear.
  await Promise.all([...sockets].map(untilClosed));
}

/** However it ends: `events.once()` would fail with an error of the socket's. */
function untilClosed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
  });
}

/** To Node, a connection without a first request is not idle. */
function closeSilent(sockets: ReadonlySet<Socket>): void {
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
}

/** HTTP/2 has no such header. */
function closeAfterAnswer({ httpVersionMajor }: IncomingMessage, response: ServerResponse): void {
  if (httpVersionMajor === 1 && !response.headersSent) response.setHeader('Connection', 'close');
}

/** The answer that a socket is waiting for is where Node itself finds it: no listener is needed on every request. */
function closeRunning(socket: Socket): void {
  const { _httpMessage: running } = socket as { readonly _httpMessage?: ServerResponse | null };
  if (running?.req !== undefined) closeAfterAnswer(running.req, running);
}
