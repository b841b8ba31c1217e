/** Objectives: SLOs and the lines on panels. */
import { durationSeconds } from '../catalog/buckets.ts';
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

export const requestBound: Check = bucketBound('http_request_duration_seconds', durationSeconds);

const route = text('a route must be a template that starts with "/", or "unmatched"', /^(?:\/\P{Cc}*|unmatched)$/u);

const common = {
  name: labelValue('an SLO name'),
  kind: oneOf('the kind of an SLO', ['availability', 'latency']),
  objectiveRatio: share,
  routes: list('routes', route, 1),
};
const required = ['name', 'kind', 'objectiveRatio'];
const availability = fields('an availability SLO', common, required);
const latency = fields('a latency SLO', { ...common, thresholdSeconds: requestBound }, [
  ...required,
  'thresholdSeconds',
]);

const slo: Check = (value, path) =>
  isRecord(value) && value['kind'] === 'availability' ? availability(value, path) : latency(value, path);

export const validateSlos: Check = each(list('SLOs', slo), unique('an SLO', 'name'));

const lines = {
  latencyP50Seconds: requestBound,
  latencyP95Seconds: requestBound,
  latencyP99Seconds: requestBound,
  capacityRequestsPerSecond: positive,
  databaseConnections: positive,
} satisfies Record<keyof ObjectiveLines, Check>;

export const validateObjectives: Check = fields('the objectives', {
  slos: validateSlos,
  lines: fields('the objective lines', lines),
});
