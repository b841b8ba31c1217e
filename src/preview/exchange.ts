/** A request that is to be answered, and what the answers are made from. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Page } from './page.ts';
import type { PreviewOptions } from './preview-options.ts';
import type { ScrapeInterval } from './scrape-interval.ts';
import type { Upstream } from './upstream.ts';

/** What lives as long as the server. */
export interface Site {
  readonly options: PreviewOptions;
  readonly host: string;
  readonly page: Page;
  readonly prometheus: Upstream;
  readonly alertmanager: Upstream | undefined;
  readonly scrapeInterval: ScrapeInterval;
}

export interface Exchange {
  readonly site: Site;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What follows the route's path; decoded. */
  readonly rest: string;
  /** Without "?". */
  readonly query: string;
}
