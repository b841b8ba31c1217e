/** Queries on what is promised: error budgets, burn rates, versions side by side, and the same hour a week ago. */
import { type IdentityLabel, identityLabels } from '../../catalog/exposers.ts';
import { healthCatalog } from '../../catalog/health.ts';
import { httpCatalog } from '../../catalog/http.ts';
import { nodejsCatalog } from '../../catalog/nodejs.ts';
import { recordedCatalog } from '../../catalog/recorded.ts';
import type { RecordedWindow } from '../../objectives/burn-windows.ts';
import type { canaryLimits } from '../../objectives/canary.ts';
import { errorRatioRecords } from '../../objectives/error-ratio-records.ts';
import { type Expression, labels, promql } from '../../promql/expression.ts';
import { maxBy, minBy, rate, ratio, sumBy } from '../../promql/functions.ts';
import { count, gauge } from '../../promql/selector.ts';

const perSlo = labels([...identityLabels, 'slo']);
const allowed = promql`1 - ${gauge(recordedCatalog.sloObjective)}`;

/** How many times faster than sustainable the budget is spent, per SLO. */
export function burnRate(window: RecordedWindow): Expression {
  return promql`${gauge(errorRatioRecords[window])} / on (${perSlo}) ${allowed}`;
}

/** Share of the 30-day budget that is left, per SLO; negative once it is overspent. */
export const budgetLeft: Expression = promql`1 - ${gauge(recordedCatalog.sloErrorRatio30d)} / on (${perSlo}) ${allowed}`;

/** Requests a second that break each SLO. */
export const badRequests: Expression = gauge(recordedCatalog.sloErrors);

/** Requests against the same time a week ago: 1 is the same. */
export const trafficAgainstLastWeek: Expression = ratio(
  gauge(recordedCatalog.requestRate),
  gauge(recordedCatalog.requestRate).offset('1w'),
);

export const errorRatioByVersion: Expression = gauge(recordedCatalog.versionErrorRatio);

export const p95ByVersion: Expression<IdentityLabel | 'version'> = gauge(recordedCatalog.versionLatencyP95);

const perVersion = [...identityLabels, 'version'] as const;
const perInstance = [...identityLabels, 'instance'] as const;
const onInstance = labels(perInstance);
const versionOfInstance = maxBy([...perInstance, 'version'], gauge(healthCatalog.serviceInfo));

export const eventLoopLagByVersion: Expression<IdentityLabel | 'version'> = maxBy(
  perVersion,
  promql`${gauge(nodejsCatalog.eventLoopLagP99)} * on (${onInstance}) group_left (version) ${versionOfInstance}`,
);

const requestRateByVersion = sumBy(
  perVersion,
  promql`${sumBy(perInstance, rate(count(httpCatalog.duration), '5m'))} * on (${onInstance}) group_left (version) ${versionOfInstance}`,
);

/** Versions with so many requests a second that their numbers say something. */
export function measuredVersions(minRequestRate: number): Expression {
  return promql`${requestRateByVersion} >= ${minRequestRate}`;
}

const sameService = labels(identityLabels);

/** Versions whose 5xx share is so much above that of the best version of the same service. */
export function failsMoreThanBest(errorRatioAbove: number): Expression {
  const value = gauge(recordedCatalog.versionErrorRatio);
  return promql`${value} - on (${sameService}) group_left () ${minBy(identityLabels, value)} > ${errorRatioAbove}`;
}

/** Versions that are both so many times and at least so many seconds slower than the best version of the same service. */
export function slowerThanBest(
  seconds: Expression<IdentityLabel | 'version'>,
  { timesSlower, slowerAtLeastSeconds }: Pick<typeof canaryLimits, 'timesSlower' | 'slowerAtLeastSeconds'>,
): Expression {
  const best = minBy(identityLabels, seconds);
  return promql`${seconds} > on (${sameService}) group_left () ${promql`${timesSlower} * ${best}`} and ${seconds} - on (${sameService}) group_left () ${best} > ${slowerAtLeastSeconds}`;
}
