/** Records of service level objectives: requests, bad requests, and the ratio of the two over every window. */
import { identityLabels } from '../catalog/exposers.ts';
import { recordedCatalog } from '../catalog/recorded.ts';
import { type RecordedWindow, recordedWindows, slowWindows } from '../objectives/burn-windows.ts';
import type { Duration } from '../objectives/duration.ts';
import { errorRatioRecords } from '../objectives/error-ratio-records.ts';
import type { Slo } from '../objectives/slos.ts';
import type { Model } from '../model/model.ts';
import { type Expression, promql } from '../promql/expression.ts';
import { overTime, sumBy } from '../promql/functions.ts';
import { gauge, type Selector } from '../promql/selector.ts';
import type { RecordingRule } from './alert.ts';
import { anyOf } from './any-of.ts';
import { failedRates, perService, requestRates, requestRatesWithin, type RequestScope } from './requests.ts';
import { intervalOf, windowOf } from './rule-clock.ts';
import { oneOf } from './service-targets.ts';

type SloLabel = (typeof identityLabels)[number] | 'slo';

/** The share of bad requests, as recorded over a window. */
export function errorRatioOf(window: RecordedWindow): Selector<SloLabel, 'gauge'> {
  return gauge(errorRatioRecords[window]);
}

export function sloRecords(model: Model): readonly RecordingRule[] {
  return [
    ...[...sharedSlos(model)].flatMap(([name, variants]) => ratesOf(model, name, variants)),
    ...model.services.flatMap(({ name, slos }) => slos.map((slo) => objectiveOf(model, name, slo))),
    ...recordedWindows.map((window) => errorRatioRecord(model, window)),
  ];
}

/** SLOs of one name that ask for the same of some services: those share an expression. */
interface SharedSlo {
  readonly slo: Slo;
  readonly services: readonly string[];
}

/** By name of the SLO: services may mean different things by one name, and still a series has one rule. */
function sharedSlos(model: Model): ReadonlyMap<string, readonly SharedSlo[]> {
  const shared = new Map<string, SharedSlo>();
  for (const { name, slos } of model.services) {
    for (const slo of slos) {
      const key = JSON.stringify([slo.name, slo.kind, slo.kind === 'latency' ? slo.thresholdSeconds : '', slo.routes]);
      shared.set(key, { slo, services: [...(shared.get(key)?.services ?? []), name] });
    }
  }
  const names = new Set([...shared.values()].map(({ slo }) => slo.name));
  return new Map([...names].map((name) => [name, [...shared.values()].filter(({ slo }) => slo.name === name)]));
}

/** Every interval is written out: the floor of bad requests counts samples, whatever Prometheus' own default is. */
function groupOf(model: Model): Pick<RecordingRule, 'group' | 'interval'> {
  return { group: 'slo', interval: model.timing.evaluationInterval };
}

function ratesOf(model: Model, name: string, variants: readonly SharedSlo[]): readonly RecordingRule[] {
  const window = windowOf(model, '5m');
  const labels = { slo: name };
  const requests = anyOf(variants.map((variant) => perService(requestRates(window, scopeOf(variant)))));
  const errors = anyOf(variants.map((variant) => errorRates(variant, variants.length === 1, window)));
  return [
    { ...groupOf(model), record: recordedCatalog.sloRequests, expression: requests, labels },
    { ...groupOf(model), record: recordedCatalog.sloErrors, expression: errors, labels },
  ];
}

/** Bad requests are 0 where there is traffic but none is bad. A histogram has every bucket, so late ones need no such care. */
function errorRates(variant: SharedSlo, alone: boolean, window: Duration): Expression {
  const { slo, services } = variant;
  const recorded = gauge(recordedCatalog.sloRequests, {
    slo: slo.name,
    ...(alone ? {} : { service: oneOf(services) }),
  });
  const requests = sumBy(identityLabels, recorded);
  if (slo.kind === 'availability')
    return promql`${perService(failedRates(window, scopeOf(variant)))} or 0 * ${requests}`;
  // The subtraction leaves only services that have requests: no need to name them again.
  const { services: _services, ...routes } = scopeOf(variant);
  const inTime = sumBy(identityLabels, requestRatesWithin(slo.thresholdSeconds, window, routes));
  return promql`clamp_min(${requests} - ${inTime}, 0)`;
}

function scopeOf({ slo, services }: SharedSlo): RequestScope {
  return { services, ...(slo.routes === undefined ? {} : { routes: slo.routes }) };
}

/** While there was traffic, 0 without errors; empty, never NaN, without traffic. The rates are over 5 minutes already. */
function errorRatioRecord(model: Model, window: RecordedWindow): RecordingRule {
  const slow = slowWindows.includes(window);
  const over = (rates: Selector<SloLabel, 'gauge'>): Expression =>
    window === '5m' ? rates : overTime('avg', rates, windowOf(model, window));
  const requests = over(gauge(recordedCatalog.sloRequests));
  return {
    ...(slow ? { group: 'slo-slow', interval: intervalOf(model, '2m') } : groupOf(model)),
    record: errorRatioRecords[window],
    expression: promql`${over(gauge(recordedCatalog.sloErrors))} / ${promql`${requests} > ${0}`}`,
  };
}

function objectiveOf(model: Model, service: string, slo: Slo): RecordingRule {
  return {
    ...groupOf(model),
    record: recordedCatalog.sloObjective,
    expression: promql`vector(${slo.objectiveRatio})`,
    labels: { environment: model.environment, service, slo: slo.name },
  };
}
