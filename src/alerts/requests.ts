/**
 * What counts as a request: everything recorded but 4xx on `unmatched`, since scanners would dilute every ratio and
 * keep a dead service looking busy.
 */
import { httpCatalog } from '../catalog/http.ts';
import { identityLabels } from '../catalog/exposers.ts';
import type { Duration } from '../objectives/duration.ts';
import { type Expression, promql } from '../promql/expression.ts';
import { rate, sumBy } from '../promql/functions.ts';
import {
  bucketAt,
  buckets,
  count,
  matching,
  not,
  notMatching,
  type Matchers,
  type Selector,
} from '../promql/selector.ts';
import type { SeriesLabel } from '../promql/selector.ts';
import { oneOf } from './service-targets.ts';

type RequestMatchers = Matchers<typeof httpCatalog.duration>;
type RequestLabel = SeriesLabel<typeof httpCatalog.duration>;
type Select<L extends string> = (matchers: RequestMatchers) => Selector<L, 'counter'>;

/** Which requests: all, or those of some services and route templates. */
export interface RequestScope {
  readonly services?: readonly string[];
  readonly routes?: readonly string[];
}

/** Rates of every request that counts, by all its labels. */
export function requestRates(window: Duration, scope: RequestScope = {}): Expression<RequestLabel> {
  return counted((matchers) => count(httpCatalog.duration, matchers), window, scope);
}

/** Rates of requests that were answered within a bound of the histogram. */
export function requestRatesWithin(
  seconds: number,
  window: Duration,
  scope: RequestScope,
): Expression<RequestLabel | 'le'> {
  return counted((matchers) => bucketAt(httpCatalog.duration, seconds, matchers), window, scope);
}

/** Rates by upper bound of the duration, as quantiles want them. */
export function requestBucketRates(window: Duration): Expression<RequestLabel | 'le'> {
  return counted((matchers) => buckets(httpCatalog.duration, matchers), window, {});
}

/** Rates of requests answered with a 5xx. */
export function failedRates(window: Duration, scope: RequestScope = {}): Expression<RequestLabel> {
  return rate(count(httpCatalog.duration, { ...scoped(scope), status_code: matching('5..') }), window);
}

/** Summed per identity. */
export function perService(rates: Expression<RequestLabel>): Expression<(typeof identityLabels)[number]> {
  return sumBy(identityLabels, rates);
}

function counted<L extends string>(select: Select<L>, window: Duration, scope: RequestScope): Expression<L> {
  const matchers = scoped(scope);
  if (scope.routes !== undefined) return rate(select(matchers), window);
  const matched = rate(select({ ...matchers, route: not('unmatched') }), window);
  const unmatched = rate(select({ ...matchers, route: 'unmatched', status_code: notMatching('4..') }), window);
  return promql`${matched} or ${unmatched}`;
}

function scoped({ services, routes }: RequestScope): RequestMatchers {
  return {
    ...(services === undefined ? {} : { service: oneOf(services) }),
    ...(routes === undefined ? {} : { route: oneOf(routes) }),
  };
}
