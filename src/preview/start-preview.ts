/** The preview: the emitted dashboards and runbooks as a page in the browser, over any Prometheus, without Grafana. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requireDashboards } from './dashboards-folder.ts';
import type { Site } from './exchange.ts';
import { listen } from './listen.ts';
import { packagedPage } from './page-folder.ts';
import { loadPage } from './page.ts';
import { checkPreviewOptions, type PreviewOptions } from './preview-options.ts';
import { respond } from './routes.ts';
import { scrapeIntervalOf } from './scrape-interval.ts';
import { securityHeaders } from './security-headers.ts';
import { warningsOf } from './start-warnings.ts';
import { tokenFrom } from './token-file.ts';
import { createUpstream, type Upstream } from './upstream.ts';

export interface Preview {
  /** Where a browser finds it. */
  readonly url: string;
  readonly port: number;
  /** What is not as it should be, a sentence each; the preview runs nevertheless. */
  readonly warnings: readonly string[];
  /** Ends what is under way, and closes every connection. Can be called twice. */
  stop(): Promise<void>;
}

/**
 * Serves the preview until it is stopped. It reads from Prometheus and Alertmanager only what dashboards need, and listens
 * on the loopback address unless told otherwise: who can reach it can read metrics.
 * @throws TELLTALE_OPTION for wrong options, a folder without dashboards or a token file that cannot be read;
 * TELLTALE_SERVER when the page is not built, or the port cannot be listened on.
 * @example
 * const preview = await startPreview({ prometheus: 'http://localhost:9090', folder: '.' });
 * console.log(preview.url);
 * await preview.stop();
 */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  checkPreviewOptions(options);
  const { folder, host = '127.0.0.1', port = 0, pageFolder = packagedPage() } = options;
  await requireDashboards(folder);
  const page = await loadPage(pageFolder);
  const { prometheus, alertmanager } = await upstreamsOf(options);
  const scrapeInterval = scrapeIntervalOf(prometheus, options.scrapeIntervalSeconds);
  const server = serverOf({ options, host, page, prometheus, alertmanager, scrapeInterval });
  await listen(server, host, port);

  const address = server.address() as AddressInfo;
  return {
    url: urlOf(address),
    port: address.port,
    warnings: await warningsOf({ address: address.address, prometheus, alertmanager }),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      prometheus.close();
      alertmanager?.close();
      await closed;
    },
  };
}

/** The token is for Prometheus, and for an Alertmanager at the same address: nobody else is to see it. */
async function upstreamsOf(
  options: PreviewOptions,
): Promise<{ readonly prometheus: Upstream; readonly alertmanager: Upstream | undefined }> {
  const { tokenFile, upstreamTimeoutMillis: timeoutMillis = 30_000 } = options;
  const token = tokenFile === undefined ? undefined : tokenFrom(tokenFile);
  await token?.();
  const prometheus = createUpstream({ name: 'Prometheus', url: options.prometheus, token, timeoutMillis });
  if (options.alertmanager === undefined) return { prometheus, alertmanager: undefined };
  const isSame = new URL(options.alertmanager).origin === new URL(options.prometheus).origin;
  const alertmanager = createUpstream({
    name: 'Alertmanager',
    url: options.alertmanager,
    token: isSame ? token : undefined,
    timeoutMillis,
  });
  return { prometheus, alertmanager };
}

function serverOf(site: Site): Server {
  // A body must come within a minute; an endless one would keep its connection for five otherwise.
  return createServer({ requestTimeout: 60_000 }, (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    void respond(request, response, site);
  });
}

function urlOf({ address, family, port }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return `http://localhost:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
