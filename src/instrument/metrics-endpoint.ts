/** The page that Prometheus scrapes. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { authRule, type ScrapeAuth, type ScrapeGuard, scrapeGuard } from './exposition-auth.ts';
import { type ExpositionRenderer, expositionRenderer } from './exposition-render.ts';
import type { RecorderOptions } from './from-catalog.ts';
import { leaveUnrecorded } from './http-exchange.ts';
import { checkOptions, type OptionRules, recorderRules } from './http-option-checks.ts';

export interface MetricsEndpointOptions extends RecorderOptions {
  /**
   * What a scraper must send: a bearer token or a user and password. Take it from the environment or a mounted file, never
   * from the source.
   * @default nothing: whoever reaches the path may read it
   * @example { bearer: process.env.METRICS_TOKEN }
   */
  readonly auth?: ScrapeAuth;
}

export interface MetricsEndpoint {
  (request: IncomingMessage, response: ServerResponse): void;
  /** Takes the endpoint's own metrics off the registry. */
  dispose(): void;
}

export const endpointRules: OptionRules = { ...recorderRules, auth: authRule };

/**
 * Answers GET and HEAD with everything the registry has, in Prometheus' text format; anything else with 405. Scrapes that
 * come at once share one render. Its own requests are not recorded by `httpMetrics()`.
 *
 * Adds `telltale_series` and `telltale_scrape_duration_seconds`, as of the scrape before.
 * @throws TELLTALE_OPTION, TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 * @example
 * app.use('/metrics', metricsEndpoint());
 */
export function metricsEndpoint(options: MetricsEndpointOptions = {}): MetricsEndpoint {
  checkOptions('use metricsEndpoint()', options, endpointRules);
  const { auth, ...recorder } = options;
  const renderer = expositionRenderer(recorder);
  const guard = auth === undefined ? undefined : scrapeGuard(auth);
  const endpoint = (request: IncomingMessage, response: ServerResponse): void => {
    leaveUnrecorded(response);
    const refusal = refuse(request, guard);
    if (refusal === undefined) void answer(request, response, renderer);
    else send(request, response, refusal);
  };
  return Object.assign(endpoint, { dispose: renderer.dispose });
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const plainText = { 'Content-Type': 'text/plain; charset=utf-8' } as const;

function refuse(request: IncomingMessage, guard: ScrapeGuard | undefined): Reply | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, headers: { ...plainText, Allow: 'GET, HEAD' }, text: 'Method not allowed\n' };
  }
  if (guard === undefined || guard.admits(request)) return undefined;
  return { status: 401, headers: { ...plainText, 'WWW-Authenticate': guard.challenge }, text: 'Unauthorized\n' };
}

async function answer(request: IncomingMessage, response: ServerResponse, renderer: ExpositionRenderer): Promise<void> {
  try {
    const { contentType, text } = await renderer.render();
    send(request, response, { status: 200, headers: { 'Content-Type': contentType }, text });
  } catch (error) {
    // The reader is an operator with access to the metrics: the message is what helps.
    const reason = error instanceof Error ? error.message : String(error);
    send(request, response, { status: 500, headers: plainText, text: `Cannot render the metrics: ${reason}\n` });
  }
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, text }: Reply): void {
  if (response.headersSent) return;
  const body = Buffer.from(text);
  response.writeHead(status, { ...headers, 'Content-Length': body.length, 'Cache-Control': 'no-store' });
  response.end(request.method === 'HEAD' ? undefined : body);
}
