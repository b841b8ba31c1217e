/** Is the error budget burning: multi-window, multi-burn-rate alerts on every SLO. Windows and factors: burn-windows.ts. */
import { recordedCatalog } from '../catalog/recorded.ts';
import type { AlertName } from '../objectives/alert-knobs.ts';
import type { BurnWindow } from '../objectives/burn-windows.ts';
import { type Duration, toSeconds } from '../objectives/duration.ts';
import { humanDuration } from '../objectives/in-words.ts';
import { budgetDays } from '../objectives/slos.ts';
import type { Model } from '../model/model.ts';
import { promql } from '../promql/expression.ts';
import { complement, overTime } from '../promql/functions.ts';
import { gauge } from '../promql/selector.ts';
import { type Alert, type AlertBranch, defineAlert } from './alert.ts';
import { templateWords, value } from './go-template.ts';
import { intervalOf, holdOf, windowOf } from './rule-clock.ts';
import { errorRatioOf } from './slo-records.ts';

type BurnAlertName = AlertName & `ErrorBudgetBurn${string}`;

/** The slow windows move slowly, and cost more. */
const slowInterval: Duration = '2m';

export function sloAlerts(model: Model): readonly Alert[] {
  return [burnFast(model), burnSlow(model)];
}

function burnFast(model: Model): Alert {
  return defineAlert({
    ...burnAlert(model, 'ErrorBudgetBurnFast', 'fast'),
    group: 'slo',
    panel: { dashboard: 'telltale-api', panel: 'burn-rate' },
    severity: 'critical',
  });
}

function burnSlow(model: Model): Alert {
  return defineAlert({
    ...burnAlert(model, 'ErrorBudgetBurnSlow', 'slow'),
    group: 'slo-slow',
    interval: intervalOf(model, slowInterval),
    panel: { dashboard: 'telltale-api', panel: 'burn-rate-slow' },
    severity: 'warning',
  });
}

function burnAlert(
  model: Model,
  name: BurnAlertName,
  speed: BurnWindow['speed'],
): Omit<Alert, 'group' | 'severity' | 'panel'> {
  const { minBadRequests, for: hold } = model.knobs[name];
  const { whose, service, label } = templateWords(model);
  const slo = label('slo', recordedCatalog.sloErrors);
  const windows = model.burnWindows.filter((window) => window.speed === speed);
  const limits = windows.map(
    ({ long, short, factor }) => `${factor}x over ${humanDuration(long)} and ${humanDuration(short)}`,
  );
  return {
    name,
    branches: windows.map((window) => burnBranch(model, window, minBadRequests)),
    for: holdOf(model, hold),
    component: 'api',
    annotations: {
      summary: `SLO ${slo} of ${whose} is burning its error budget: ${value.percentage} of requests are bad`,
      description: `The error budget of SLO ${slo} of ${whose} is spent faster than sustainable (${limits.join(', or ')}), with at least ${minBadRequests} bad requests. At this rate the promise for ${budgetDays} days will be broken.`,
      impact: `Users of ${service} meet failed or slow requests more often than was promised to them.`,
      action:
        'Open the dashboard, see which SLO and which routes are burning, and stop deploys until it is understood.',
    },
  };
}

function burnBranch(model: Model, { long, short, factor }: BurnWindow, minBadRequests: number): AlertBranch {
  const limit = promql`${factor} * ${complement(gauge(recordedCatalog.sloObjective))}`;
  // Each sample stands for one evaluation: their sum, unlike their average, does not make much of a short history.
  const badRequests = overTime('sum', gauge(recordedCatalog.sloErrors), windowOf(model, long));
  return {
    id: `burn-${long}-${short}`,
    expression: promql`${errorRatioOf(long)} > ${limit} and ${errorRatioOf(short)} > ${limit} and ${badRequests} * ${toSeconds(model.timing.evaluationInterval)} >= ${minBadRequests}`,
    describes: `the budget is spent at ${factor}x the sustainable pace over ${humanDuration(long)}, and still is over ${humanDuration(short)}`,
  };
}
