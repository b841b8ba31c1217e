/** The page that Prometheus scrapes. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { authRule, type ScrapeAuth, type ScrapeGuard, scrapeGuard } from './auth.ts';
import { negotiateFormat } from './format.ts';
import { acceptsGzip } from './header.ts';
import { type ExpositionRenderer, expositionRenderer } from './render.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { leaveUnrecorded } from '../http/observe.ts';
import { aBoolean, checkOptions, type OptionRules, recorderRules } from '../metrics/option-checks.ts';

export interface MetricsEndpointOptions extends RecorderOptions {
  /**
   * What a scraper must send: a bearer token or a user and password. Take it from the environment or a mounted file, never
   * from the source.
   * @default nothing: whoever reaches the path may read it
   * @example { bearer: process.env.METRICS_TOKEN }
   */
  readonly auth?: ScrapeAuth;
  /**
   * Compresses pages of 1 KiB and more for scrapers that ask for it, as Prometheus does. Takes a page to about a tenth for
   * a few milliseconds per MB, outside of the main thread. Turn it off where a proxy compresses.
   * @default true
   */
  readonly gzip?: boolean;
}

export interface MetricsEndpoint {
  (request: IncomingMessage, response: ServerResponse): void;
  /** Takes the endpoint's own metrics off the registry. */
  dispose(): void;
}

export const endpointRules: OptionRules = { ...recorderRules, auth: authRule, gzip: aBoolean };

/**
 * Answers GET and HEAD with everything the registry has; anything else with 405. Scrapes that come at once share one
 * render. Its own requests are not recorded by `httpMetrics()`.
 *
 * The scraper chooses the format by its header `Accept`: Prometheus' text 0.0.4 or OpenMetrics 1.0.0; one that does not
 * mind gets what the registry is set to. Every series is the same in both, so a counter whose name has no `_total` is of
 * unknown type in OpenMetrics. Only OpenMetrics has exemplars: with a tracer that samples, the ids `trace_id` and `span_id`
 * of the latest request per bucket of `http_request_duration_seconds`. Prometheus stores them when it runs with
 * `--enable-feature=exemplar-storage`.
 *
 * Adds `telltale_series` and `telltale_scrape_duration_seconds`, as of the scrape before.
 * @throws TELLTALE_OPTION, TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 * @example
 * app.use('/metrics', metricsEndpoint());
 */
export function metricsEndpoint(options: MetricsEndpointOptions = {}): MetricsEndpoint {
  checkOptions('use metricsEndpoint()', options, endpointRules);
  const { auth, gzip = true, ...recorder } = options;
  const renderer = expositionRenderer(recorder);
  const guard = auth === undefined ? undefined : scrapeGuard(auth);
  const endpoint = (request: IncomingMessage, response: ServerResponse): void => {
    leaveUnrecorded(response);
    const refusal = refuse(request, guard);
    if (refusal === undefined) void answer(request, response, { renderer, gzip });
    else send(request, response, refusal);
  };
  return Object.assign(endpoint, { dispose: renderer.dispose });
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

interface Source {
  readonly renderer: ExpositionRenderer;
  readonly gzip: boolean;
}

const plainText = { 'Content-Type': 'text/plain; charset=utf-8' } as const;
/** Below, compressing costs more than it saves. */
const gzipFromBytes = 1_024;

function refuse(request: IncomingMessage, guard: ScrapeGuard | undefined): Reply | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, headers: { ...plainText, Allow: 'GET, HEAD' }, body: 'Method not allowed\n' };
  }
  if (guard === undefined || guard.admits(request)) return undefined;
  return { status: 401, headers: { ...plainText, 'WWW-Authenticate': guard.challenge }, body: 'Unauthorized\n' };
}

async function answer(request: IncomingMessage, response: ServerResponse, source: Source): Promise<void> {
  try {
    send(request, response, await exposition(request, source));
  } catch (error) {
    // The reader is an operator with access to the metrics: the message is what helps.
    const reason = error instanceof Error ? error.message : String(error);
    send(request, response, { status: 500, headers: plainText, body: `Cannot render the metrics: ${reason}\n` });
  }
}

async function exposition({ headers }: IncomingMessage, { renderer, gzip }: Source): Promise<Reply> {
  const format = negotiateFormat(headers.accept, renderer.preferredFormat());
  const { contentType, body, gzipped } = await renderer.render(format);
  const common = { 'Content-Type': contentType, Vary: 'Accept, Accept-Encoding' };
  const compresses = gzip && body.length >= gzipFromBytes && acceptsGzip(headers['accept-encoding']?.toString());
  return compresses
    ? { status: 200, headers: { ...common, 'Content-Encoding': 'gzip' }, body: await gzipped() }
    : { status: 200, headers: common, body };
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Reply): void {
  if (response.headersSent) return;
  const length = Buffer.byteLength(body);
  response.writeHead(status, { ...headers, 'Content-Length': length, 'Cache-Control': 'no-store' });
  response.end(request.method === 'HEAD' ? undefined : body);
}
