/** Is the Node process itself the bottleneck. */
import { identityLabels } from '../catalog/exposers.ts';
import { nodejsCatalog } from '../catalog/nodejs.ts';
import { humanDuration, humanSeconds } from '../objectives/in-words.ts';
import type { Model } from '../model/model.ts';
import { promql } from '../promql/expression.ts';
import { maxBy } from '../promql/functions.ts';
import { gauge } from '../promql/selector.ts';
import { type Alert, defineAlert } from './alert.ts';
import { templateWords, value } from './go-template.ts';
import { holdOf } from './rule-clock.ts';

export function runtimeAlerts(model: Model): readonly Alert[] {
  return [eventLoopLagHigh(model)];
}

function eventLoopLagHigh(model: Model): Alert {
  const { threshold, for: hold } = model.knobs.EventLoopLagHigh;
  const { whose, service, label } = templateWords(model);
  const lag = maxBy([...identityLabels, 'instance'], gauge(nodejsCatalog.eventLoopLagP99));
  return defineAlert({
    name: 'EventLoopLagHigh',
    group: 'runtime',
    branches: [
      {
        id: 'lag',
        expression: promql`${lag} > ${threshold}`,
        describes: `the p99 of the event loop lag of an instance is over ${humanSeconds(threshold)}`,
      },
    ],
    for: holdOf(model, hold),
    severity: 'warning',
    component: 'runtime',
    annotations: {
      summary: `Event loop of ${label('instance')} of ${whose} lags by ${value.duration}`,
      description: `The p99 of the event loop lag of ${label('instance')} of ${whose} has been over ${humanSeconds(threshold)} for ${humanDuration(hold)}. Every request of that instance waits for it.`,
      impact: `All routes of ${service} on that instance are slow at once, health checks included.`,
      action: 'Take a CPU profile of the instance: look for synchronous work, large JSON, or garbage collection.',
    },
    panel: { dashboard: 'telltale-infrastructure', panel: 'event-loop-lag' },
  });
}
