/** Queries on what is promised: error budgets, burn rates, versions side by side, and the same hour a week ago. */
import { identityLabels } from '../../catalog/exposers.ts';
import { healthCatalog } from '../../catalog/health.ts';
import { nodejsCatalog } from '../../catalog/nodejs.ts';
import { recordedCatalog } from '../../catalog/recorded.ts';
import type { RecordedWindow } from '../../objectives/burn-windows.ts';
import { type Expression, labels, promql } from '../../promql/expression.ts';
import { maxBy, ratio } from '../../promql/functions.ts';
import { gauge } from '../../promql/selector.ts';

const perSlo = labels([...identityLabels, 'slo']);
const allowed = promql`1 - ${gauge(recordedCatalog.sloObjective)}`;

const errorRatios = {
  '5m': recordedCatalog.sloErrorRatio5m,
  '30m': recordedCatalog.sloErrorRatio30m,
  '1h': recordedCatalog.sloErrorRatio1h,
  '2h': recordedCatalog.sloErrorRatio2h,
  '6h': recordedCatalog.sloErrorRatio6h,
  '1d': recordedCatalog.sloErrorRatio1d,
  '3d': recordedCatalog.sloErrorRatio3d,
  '30d': recordedCatalog.sloErrorRatio30d,
} as const satisfies Readonly<Record<RecordedWindow, unknown>>;

/** How many times faster than sustainable the budget is spent, per SLO. */
export function burnRate(window: RecordedWindow): Expression {
  return promql`${gauge(errorRatios[window])} / on (${perSlo}) ${allowed}`;
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

export const p95ByVersion: Expression = gauge(recordedCatalog.versionLatencyP95);

const instance = labels([...identityLabels, 'instance']);

export const eventLoopLagByVersion: Expression = maxBy(
  [...identityLabels, 'version'],
  promql`${gauge(nodejsCatalog.eventLoopLagP99)} * on (${instance}) group_left (version) ${maxBy(
    [...identityLabels, 'instance', 'version'],
    gauge(healthCatalog.serviceInfo),
  )}`,
);
