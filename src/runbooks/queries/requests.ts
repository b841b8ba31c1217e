/** Queries on what the service serves. */
import { errorsCatalog } from '../../catalog/errors.ts';
import { type IdentityLabel, identityLabels } from '../../catalog/exposers.ts';
import { recordedCatalog } from '../../catalog/recorded.ts';
import { healthCatalog } from '../../catalog/health.ts';
import { httpCatalog } from '../../catalog/http.ts';
import { outboundCatalog } from '../../catalog/outbound.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import { aggregate, increase, quantile, rate, sumBy, topk } from '../../promql/functions.ts';
import { count, counter, gauge, matching } from '../../promql/selector.ts';

const { duration } = httpCatalog;
const failed = count(duration, { status_code: matching('5..') });

/** The record that the rules guard themselves with: what counts as a request, per service. */
export const requestRate: Expression<IdentityLabel> = gauge(recordedCatalog.requestRate);

/** Share of requests answered with a 5xx: 0 without failures, nothing without requests. */
export const errorRatio: Expression = shareOf(sumBy(identityLabels, rate(failed, '5m')), requestRate);

/** Which endpoints the 5xx come from. */
export const errorsByRoute: Expression = topk(
  10,
  sumBy([...identityLabels, 'method', 'route', 'status_code'], rate(failed, '5m')),
);

/** Share of 5xx by instance: one bad instance, or all of them. */
export const errorRatioByInstance: Expression = shareOf(
  sumBy([...identityLabels, 'instance'], rate(failed, '5m')),
  sumBy([...identityLabels, 'instance'], rate(count(duration), '5m')),
);

export const requestsByRoute: Expression = topk(
  10,
  sumBy([...identityLabels, 'method', 'route'], rate(count(duration), '5m')),
);

export function latencyQuantile(level: number): Expression {
  return quantile(level, duration, { by: identityLabels, window: '5m' });
}

export function latencyQuantileByRoute(level: number): Expression {
  return topk(10, quantile(level, duration, { by: [...identityLabels, 'route'], window: '5m' }));
}

export const statusMix: Expression = sumBy([...identityLabels, 'status_code'], rate(count(duration), '5m'));

export const inFlight: Expression = sumBy(identityLabels, gauge(httpCatalog.inFlight));

export const abortedByRoute: Expression = topk(
  10,
  sumBy([...identityLabels, 'route', 'phase'], rate(counter(httpCatalog.aborted), '5m')),
);

export const rejectedByReason: Expression = sumBy(
  [...identityLabels, 'reason'],
  rate(counter(httpCatalog.rejected), '5m'),
);

/** Which errors, by class or code; `handled="false"` are those nobody caught. */
export const errorsByType: Expression = topk(
  10,
  sumBy([...identityLabels, 'type', 'handled'], increase(counter(errorsCatalog.application), '15m')),
);

/** Share of outgoing calls that failed or timed out, by dependency. */
export const dependencyErrorRatio: Expression = shareOf(
  sumBy(
    [...identityLabels, 'dependency'],
    rate(count(outboundCatalog.duration, { status_code: matching('5..|error|timeout') }), '5m'),
  ),
  sumBy([...identityLabels, 'dependency'], rate(count(outboundCatalog.duration), '5m')),
);

export const dependencyP95: Expression = quantile(0.95, outboundCatalog.duration, {
  by: [...identityLabels, 'dependency'],
  window: '5m',
});

/** Which version runs on how many instances. */
export const instancesByVersion: Expression = aggregate(
  'count',
  [...identityLabels, 'version', 'commit'],
  gauge(healthCatalog.serviceInfo),
);

/** Checks of the service that fail right now. */
export const failingChecks: Expression = promql`${gauge(healthCatalog.status)} == 0`;

/** A part that has no series yet counts as 0; a whole of 0 has no share. */
function shareOf<L extends string>(part: Expression<L>, whole: Expression<NoInfer<L>>): Expression<L> {
  return promql`(${part} or 0 * ${whole}) / (${whole} > 0)`;
}
