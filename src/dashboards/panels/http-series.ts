/** Requests as boards count them. */
import { httpCatalog } from '../../catalog/http.ts';
import { recordedCatalog } from '../../catalog/recorded.ts';
import { type Duration, rateInterval } from '../../objectives/duration.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import { quantileOf, rate, sumBy } from '../../promql/functions.ts';
import { count, gauge, matching, not, notMatching, type Selector, type SeriesLabel } from '../../promql/selector.ts';
import { perService, shareOf } from './expressions.ts';

type Requests = Selector<SeriesLabel<typeof httpCatalog.duration>, 'counter'>;

/** Answered with a 5xx. */
export const serverErrors: Requests = count(httpCatalog.duration, { status_code: matching('5..') });

/** Answered with a 4xx. */
export const clientErrors: Requests = count(httpCatalog.duration, { status_code: matching('4..') });

export const requests: Requests = count(httpCatalog.duration);

/**
 * Requests a second that count for ratios, as in the rules: all but 4xx on `unmatched`, which are scanners and would
 * dilute them.
 */
export const countedRate: Expression<(typeof perService)[number]> = sumBy(
  perService,
  promql`${rate(count(httpCatalog.duration, { route: not('unmatched') }), rateInterval)} or ${rate(
    count(httpCatalog.duration, { route: 'unmatched', status_code: notMatching('4..') }),
    rateInterval,
  )}`,
);

/** Share of requests (0-1) answered with a 5xx. */
export const errorRatio: Expression<(typeof perService)[number]> = shareOf(requestRate(serverErrors), countedRate);

/** Requests a second of each service. */
export function requestRate(selector: Requests): Expression<(typeof perService)[number]> {
  return sumBy(perService, rate(selector, rateInterval));
}

/** One endpoint of one service. */
export const endpoint = [...perService, 'method', 'route'] as const;

/** p95 of each service some time ago, from the record: a week of buckets would be slow to read. */
export function recordedP95(ago: Duration): Expression {
  return quantileOf(0.95, gauge(recordedCatalog.latencyBuckets).offset(ago));
}
