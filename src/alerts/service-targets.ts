/** Which targets are the services themselves: exporters carry the service label of their owner too. */
import { exposers, type ExposerSpec, platformService } from '../catalog/exposers.ts';
import { escapeRegex } from '../promql/escape.ts';
import { matching, not, notMatching, type Match } from '../promql/selector.ts';

const exporterJobs = [
  ...new Set(Object.values<ExposerSpec>(exposers).flatMap(({ job }) => (job === undefined ? [] : [job]))),
];

interface TargetMatchers {
  readonly job: Match;
  readonly service: Match | string;
  readonly environment?: string;
}

/** Matchers of every service's own targets, whatever their job is called. */
export const serviceTargets: TargetMatchers = {
  job: notMatching(exporterJobs.map(escapeRegex).join('|')),
  service: not(platformService),
};

/** The same, of one service. */
export function targetsOf(environment: string, service: string): TargetMatchers {
  return { ...serviceTargets, environment, service };
}

/** Equal to one value, or one of several. */
export function oneOf(values: readonly string[]): Match {
  const [only, second] = values;
  if (only !== undefined && second === undefined) return { operator: '=', value: only };
  return matching(values.map(escapeRegex).join('|'));
}
