/** Objectives: SLOs and the lines on panels. */
import { httpCatalog } from '../catalog/http.ts';
import { namedNamings, type Naming, recordedAs } from '../catalog/naming.ts';
import type { ObjectiveLines } from '../objectives/lines.ts';
import { each, fields, isRecord, list, oneOf, rule, text, type Check } from './checks.ts';
import { unique } from './cross-checks.ts';
import { labelValue, positive, share } from './value-checks.ts';

/** A bound of a histogram: quantiles and ratios at any other value would be interpolated. */
export function bucketBound(histogram: string, bounds: readonly number[]): Check {
  return rule(
    `a threshold on ${histogram} must be one of its bucket bounds ${bounds.join(', ')}`,
    (value) => typeof value === 'number' && bounds.includes(value),
  );
}

/** @param naming of the config, not checked yet: presets have bounds of their own */
export function requestBound(naming: unknown): Check {
  const named = namedNamings.find((known) => known === naming) ?? 'prometheus';
  return bucketBound(httpCatalog.duration.name, recordedAs(httpCatalog.duration, named as Naming).buckets ?? []);
}

const route = text('a route must be a template that starts with "/", or "unmatched"', /^(?:\/\P{Cc}*|unmatched)$/u);

const common = {
  name: labelValue('an SLO name'),
  kind: oneOf('the kind of an SLO', ['availability', 'latency']),
  objectiveRatio: share,
  routes: list('routes', route, 1),
};
const required = ['name', 'kind', 'objectiveRatio'];
const availability = fields('an availability SLO', common, required);

export function validateSlos(bound: Check): Check {
  const latency = fields('a latency SLO', { ...common, thresholdSeconds: bound }, [...required, 'thresholdSeconds']);
  const slo: Check = (value, path) =>
    isRecord(value) && value['kind'] === 'availability' ? availability(value, path) : latency(value, path);
  return each(list('SLOs', slo), unique('an SLO', 'name'));
}

export function validateObjectives(bound: Check): Check {
  const lines = {
    latencyP50Seconds: bound,
    latencyP95Seconds: bound,
    latencyP99Seconds: bound,
    capacityRequestsPerSecond: positive,
    databaseConnections: positive,
  } satisfies Record<keyof ObjectiveLines, Check>;
  return fields('the objectives', { slos: validateSlos(bound), lines: fields('the objective lines', lines) });
}
