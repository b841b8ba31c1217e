/** Do people still use the product: activity against the same hour a week ago. */
import { identityLabels } from '../catalog/exposers.ts';
import type { MetricEntry } from '../catalog/metric.ts';
import { recordedCatalog } from '../catalog/recorded.ts';
import type { Duration } from '../objectives/duration.ts';
import { humanDuration, percent } from '../objectives/in-words.ts';
import type { Model } from '../model/model.ts';
import { type Expression, promql } from '../promql/expression.ts';
import { increase, overTime, sumBy } from '../promql/functions.ts';
import { counter, gauge } from '../promql/selector.ts';
import { type Alert, type AlertBranch, defineAlert } from './alert.ts';
import { templateWords, value } from './go-template.ts';
import { holdOf, windowOf } from './rule-clock.ts';
import { withLabel } from './with-label.ts';

type Counter = MetricEntry & { readonly kind: 'counter' };

export function businessAlerts(model: Model): readonly Alert[] {
  return [businessActivityDrop(model)];
}

function businessActivityDrop(model: Model): Alert {
  const { threshold, minPerHour, for: hold } = model.knobs.BusinessActivityDrop;
  const { whose, service, label } = templateWords(model);
  const activity = label('activity');
  const watched = model.business.filter((metric) => metric.watched).map(({ entry }) => entry);
  return defineAlert({
    name: 'BusinessActivityDrop',
    group: 'business',
    branches: [requestsBranch(model), ...watched.filter(isCounter).map((entry) => counterBranch(model, entry))],
    for: holdOf(model, hold),
    severity: 'warning',
    component: 'business',
    annotations: {
      summary: `${activity} of ${whose} is at ${value.percentage} of the same hour last week`,
      description: `${activity} of ${whose} has been under ${percent(threshold)} of the same hour a week ago (when there were at least ${minPerHour}) for ${humanDuration(hold)}. Users may be unable to reach the service, or to finish what they came for, with every target up.`,
      impact: `Fewer users get done what ${service} is for; often it costs money.`,
      action:
        'Try the journey yourself from outside; check DNS, the load balancer and the last deploy; then think of holidays and campaigns.',
    },
    panel: { dashboard: 'telltale-business', panel: 'activity-against-last-week' },
  });
}

/** A dead DNS name or load balancer leaves every target up: only the requests stay away. */
function requestsBranch(model: Model): AlertBranch {
  const hour = windowOf(model, '1h');
  const rates = gauge(recordedCatalog.requestRate);
  const perHour = (selector: typeof rates): Expression => promql`${overTime('avg', selector, hour)} * ${3_600}`;
  return drop(model, 'requests', perHour(rates), perHour(rates.offset(week(model))));
}

function counterBranch(model: Model, entry: Counter): AlertBranch {
  const hour = windowOf(model, '1h');
  const perHour = (selector: ReturnType<typeof counter<Counter>>): Expression =>
    sumBy(identityLabels, increase(selector, hour));
  return drop(model, entry.name, perHour(counter(entry)), perHour(counter(entry).offset(week(model))));
}

/** What vanished counts as nothing, rather than as no answer. */
function drop(model: Model, activity: string, now: Expression, then: Expression): AlertBranch {
  const { threshold, minPerHour } = model.knobs.BusinessActivityDrop;
  const current = promql`${now} or 0 * ${then}`;
  const enough = promql`${then} >= ${minPerHour}`;
  return {
    id: activity.replaceAll('_', '-'),
    expression: withLabel(promql`${current} / ${enough} < ${threshold}`, 'activity', activity),
    describes: `${activity} is under ${percent(threshold)} of the same hour a week ago`,
  };
}

function week(model: Model): Duration {
  return windowOf(model, '1w');
}

function isCounter(entry: MetricEntry): entry is Counter {
  return entry.kind === 'counter';
}
