/** The metrics on a port of their own, away from the application's traffic. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TelltaleError } from '../../errors.ts';
import { aDuration, aPath, aText, checkOptions } from '../metrics/option-checks.ts';
import { hasPath } from '../http/path.ts';
import { endpointRules, metricsEndpoint, type MetricsEndpointOptions } from './metrics-endpoint.ts';
import { instancePort, maxPort, type PerInstance, perInstanceRule } from './instance-port.ts';

export interface MetricsServerOptions extends MetricsEndpointOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /**
   * Adds the number of the instance to `port`, so that each process can be scraped: PM2's cluster mode, whose primary is
   * PM2's own daemon, has no place for a page of all of them. `true` takes the number that PM2 gives in
   * `NODE_APP_INSTANCE`: 0, 1 and so on; a text names another environment variable, as `instance_var` of PM2 does. Where
   * the variable is not set, as outside of PM2, the port is `port`.
   *
   * Listen with the application first: `pm2 reload` takes the first server for the sign that the new process is up.
   * The generator makes targets to match of `metricsPort` and `instances` of a service.
   * @default false
   * @example { port: 9464, perInstance: true }
   */
  readonly perInstance?: PerInstance;
  /** The address to listen on. @default all addresses, as for any server of Node */
  readonly host?: string;
  /** @default '/metrics' */
  readonly path?: string;
  /** How long `close()` waits for scrapes that are under way. Milliseconds. @default 2000 */
  readonly closeTimeoutMillis?: number;
}

export interface MetricsServer {
  readonly port: number;
  /** Stops listening, lets running scrapes finish, and takes the endpoint's own metrics off the registry. */
  close(): Promise<void>;
}

/**
 * Serves `metricsEndpoint()` on a port of its own, so that the metrics need not be reachable where users are.
 * @throws TELLTALE_OPTION for wrong options, and for an instance that makes no port; TELLTALE_SERVER when the port cannot be
 * listened on.
 * @example
 * const metrics = await metricsServer({ port: 9464 });
 * // at shutdown
 * await metrics.close();
 */
export async function metricsServer(options: MetricsServerOptions): Promise<MetricsServer> {
  checkOptions('start metricsServer()', options, {
    ...endpointRules,
    port: {
      expects: 'a port, 0 to 65535',
      accepts: (port) => Number.isInteger(port) && Number(port) >= 0 && Number(port) <= maxPort,
    },
    perInstance: perInstanceRule,
    host: aText,
    path: aPath,
    closeTimeoutMillis: aDuration,
  });
  const { port: base, perInstance = false, host, path = '/metrics', closeTimeoutMillis = 2_000, ...rest } = options;
  const port = instancePort(base, perInstance);
  const endpoint = metricsEndpoint(rest);
  const running = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    running.add(response);
    response.once('close', () => running.delete(response));
    if (hasPath(request, path)) return endpoint(request, response);
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`Not found, metrics are at ${path}\n`);
  });
  try {
    await listen(server, port, host);
  } catch (error) {
    endpoint.dispose();
    throw cannotListen(port, error);
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      await closeGracefully({ server, running }, closeTimeoutMillis);
      endpoint.dispose();
    },
  };
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // Not exclusive: in a cluster the primary lets two processes share the port, as while PM2 reloads one of them.
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

interface Listening {
  readonly server: Server;
  readonly running: ReadonlySet<ServerResponse>;
}

function closeGracefully({ server, running }: Listening, timeoutMillis: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), timeoutMillis);
    // A connection whose scrape ends now would be kept alive for the next one, which will not come.
    for (const response of running) if (!response.headersSent) response.setHeader('Connection', 'close');
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function cannotListen(port: number, cause: unknown): TelltaleError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TelltaleError('TELLTALE_SERVER', `Cannot serve metrics on port ${port}: ${reason}`, {
    fix: 'choose a free port with the option `port`',
    cause,
  });
}
