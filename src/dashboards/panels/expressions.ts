/** Expressions that many panels share, and the targets made of them. */
import { identityLabels } from '../../catalog/exposers.ts';
import type { Duration } from '../../objectives/duration.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import type { Target } from '../panel.ts';

/** Everything that has an owner is counted per service and environment. */
export const perService = identityLabels;

/** Legend of a series of one service. */
export const serviceLegend = '{{environment}}/{{service}}';

/** Why recorded series have neither job nor instance. */
const recordedReason = 'recorded per service: the rule aggregates job and instance away';

/** Why alerts have neither. */
const alertsReason = 'series of alerts carry the labels of their rule, not those of one target';

/** A target over recorded series. */
export function recorded(target: Target): Target {
  return { ...target, withoutTargetLabels: recordedReason };
}

/** A target over the series that Prometheus keeps of its alerts. */
export function ofAlerts(target: Target): Target {
  return { ...target, withoutTargetLabels: alertsReason };
}

const agoInWords = { '1d': 'a day ago', '1w': 'a week ago' } as const;

/** The same number some time ago, dashed: what is usual at this hour. */
export function compared(
  ago: keyof typeof agoInWords,
  legend: string,
  expressionAt: (ago: Duration) => Expression,
): Target {
  return {
    expression: expressionAt(ago),
    legend: `${legend} ${agoInWords[ago]}`.trim(),
    muted: true,
    quietUnless: `there is history of ${ago}`,
  };
}

/**
 * The share of `part` in `whole`, 0 where the whole has series and the part has none yet: a status that never occurred
 * has no series, and that is not "no data".
 */
export function shareOf<L extends string>(part: Expression<L>, whole: Expression<NoInfer<L>>): Expression<L> {
  return { ...promql`(${part} or ${whole} * 0) / ${whole}`, labels: part.labels };
}

/** Seconds since the time that a gauge holds. */
export function secondsSince<L extends string>(timestamp: Expression<L>): Expression<L> {
  return { ...promql`time() - ${timestamp}`, labels: timestamp.labels };
}
