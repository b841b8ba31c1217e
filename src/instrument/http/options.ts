/** Options of the recorders of HTTP. */
import type { IncomingMessage } from 'node:http';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { checkHttpLabels, type HttpLabels } from './labels.ts';
import {
  aBoolean,
  aCount,
  aFunction,
  checkOptions,
  type OptionRules,
  recorderRules,
} from '../metrics/option-checks.ts';

/** What is settled by the first recorder on a registry. */
export interface HttpRecorderOptions extends RecorderOptions {
  /**
   * The most distinct values of the label `route`; requests of further routes are recorded as `overflow` and counted in
   * `telltale_route_overflow_total`. A route costs about 40 series per method, and 18 more
   * per further status.
   * @default 500
   */
  readonly routeCap?: number;
  /**
   * Records scrapes of `metricsEndpoint()` and probes of `healthEndpoints()` too. They are left out by default, as they
   * are no traffic of users and would dilute every ratio.
   * @default false
   */
  readonly recordProbes?: boolean;
  /**
   * Which requests `http_time_to_headers_seconds` observes: only streams, whose duration says nothing, or all, at about 20
   * series more per route and method.
   * @default 'streams'
   */
  readonly timeToHeaders?: 'streams' | 'all';
  /**
   * Labels of your own on `http_request_duration_seconds`, beside method, route and status: each with the values it may
   * have, and how it is read off a request. Together at most 200 combinations; each that occurs costs 18 series more per
   * route, method and status. A request costs some 10 ns more per label, and what your function takes.
   * @default none
   * @example { plan: { values: ['free', 'paid'], of: ({ headers }) => String(headers['x-plan']) } }
   */
  readonly labels?: HttpLabels;
  /**
   * Names the route of a connection that is upgraded (WebSocket), as a template, for `http_streams_active`. Counted towards
   * `routeCap`. Should it throw, or give anything else, that is `unmatched`, and counted in `telltale_label_errors_total`.
   * @default the route that is registered for the path, in Express; else `unmatched`
   * @example (request) => (request.url?.startsWith('/rooms/') ? '/rooms/:id' : undefined)
   */
  readonly upgradeRoute?: (request: IncomingMessage) => string | undefined;
}

export interface HttpMetricsOptions extends HttpRecorderOptions {
  /**
   * Paths, without query, whose requests are not recorded, such as probes of your own. Compared as a whole.
   * @default []
   * @example ['/healthz', '/favicon.ico']
   */
  readonly ignorePaths?: readonly string[];
  /**
   * Leaves out the requests that it returns true for. Called for each request as it comes in. Should it throw, the request
   * is recorded and the failure counted in `telltale_label_errors_total`.
   * @default nothing is left out
   * @example (request) => request.headers['user-agent']?.startsWith('kube-probe') === true
   */
  readonly skip?: (request: IncomingMessage) => boolean;
}

const httpRules: OptionRules = {
  ...recorderRules,
  routeCap: aCount,
  recordProbes: aBoolean,
  timeToHeaders: { expects: '"streams" or "all"', accepts: (value) => value === 'streams' || value === 'all' },
  ignorePaths: {
    expects: 'a list of paths that start with "/"',
    accepts: (value) => Array.isArray(value) && value.every((path) => typeof path === 'string' && path.startsWith('/')),
  },
  skip: aFunction,
  labels: { expects: 'an object of labels', accepts: (value) => typeof value === 'object' && value !== null },
  upgradeRoute: aFunction,
};

/** @throws TELLTALE_OPTION */
export function checkHttpOptions(action: string, options: unknown, more: OptionRules = {}): void {
  checkOptions(action, options, { ...httpRules, ...more });
  const { labels = {}, naming = 'prometheus' } = options as HttpRecorderOptions;
  checkHttpLabels(action, labels, naming);
}
