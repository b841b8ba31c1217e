/** A visit to the preview with a browser that starts empty, and everything it asks for and complains about. */
import type { ConsoleMessage, Page, Request, Response } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { queryOf, type PrometheusQuery } from './prometheus-query.ts';
import type { LivePreview } from './live-preview.ts';

export interface Visit {
  readonly page: Page;
  /** What was complained about: lines of the console, uncaught errors, requests without a good answer. */
  readonly troubles: readonly string[];
  /** Of every request. */
  readonly origins: ReadonlySet<string>;
  /** In the order in which they were sent. */
  readonly queries: readonly PrometheusQuery[];
  readonly responses: readonly Response[];
}

export interface VisitOptions {
  readonly width?: number;
  readonly height?: number;
  /** What the system of the visitor prefers. @default 'dark' */
  readonly theme?: 'dark' | 'light';
}

/** Ends with the test. */
export async function visit({ browser, url }: LivePreview, path: string, options: VisitOptions = {}): Promise<Visit> {
  const visit = await newVisit({ browser, url }, options);
  await visit.page.goto(path);
  return visit;
}

/** One that has not gone anywhere yet. */
export async function newVisit(
  { browser, url }: Pick<LivePreview, 'browser' | 'url'>,
  { width = 1600, height = 1000, theme = 'dark' }: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ baseURL: url, viewport: { width, height }, colorScheme: theme });
  onTestFinished(() => context.close());
  return watch(await context.newPage());
}

function watch(page: Page): Visit {
  const seen = { troubles: [] as string[], origins: new Set<string>(), queries: [] as PrometheusQuery[] };
  const responses: Response[] = [];
  page.on('request', (request) => {
    if (/^(data|blob):/.test(request.url())) return;
    seen.origins.add(new URL(request.url()).origin);
    seen.queries.push(...queryOf(request));
  });
  page.on('console', (message) => seen.troubles.push(...complaint(message)));
  page.on('pageerror', (error) => seen.troubles.push(`uncaught: ${error.message}`));
  page.on('requestfailed', (request) => seen.troubles.push(...failure(request)));
  page.on('response', (response) => {
    responses.push(response);
    if (response.status() >= 400) seen.troubles.push(`${response.status()} for ${response.url()}`);
  });
  return { page, ...seen, responses };
}

function complaint(message: ConsoleMessage): string[] {
  return ['error', 'warning'].includes(message.type()) ? [`console ${message.type()}: ${message.text()}`] : [];
}

/** Not one that the page itself, or leaving it, has ended. */
function failure(request: Request): string[] {
  const why = request.failure()?.errorText ?? 'no reason given';
  return why === 'net::ERR_ABORTED' ? [] : [`${why} for ${request.url()}`];
}
