/** Records of whole services, and of the versions of a service beside each other. */
import { healthCatalog } from '../catalog/health.ts';
import { identityLabels } from '../catalog/exposers.ts';
import { recordedCatalog } from '../catalog/recorded.ts';
import type { Model } from '../model/model.ts';
import { type Expression, labels, promql } from '../promql/expression.ts';
import { maxBy, quantileOf, sumBy } from '../promql/functions.ts';
import { gauge } from '../promql/selector.ts';
import type { RecordingRule } from './alert.ts';
import { failedRates, perService, requestBucketRates, requestRates } from './requests.ts';
import { windowOf } from './rule-clock.ts';

const perVersion = [...identityLabels, 'version'] as const;
const perInstance = [...identityLabels, 'instance'] as const;

export function serviceRecords(model: Model): readonly RecordingRule[] {
  const window = windowOf(model, '5m');
  return [
    { group: 'service', record: recordedCatalog.requestRate, expression: perService(requestRates(window)) },
    {
      group: 'service',
      record: recordedCatalog.latencyBuckets,
      expression: sumBy([...identityLabels, 'le'], requestBucketRates(window)),
    },
  ];
}

/** A canary is compared with the version it replaces: the version comes from `service_info` of the same instance. */
export function versionRecords(model: Model): readonly RecordingRule[] {
  const window = windowOf(model, '5m');
  const requests = sumBy(perVersion, withVersion(requestRates(window)));
  const failed = sumBy(perVersion, withVersion(failedRates(window)));
  const bucketRates = sumBy([...perVersion, 'le'], withVersion(requestBucketRates(window)));
  return [
    {
      group: 'version',
      record: recordedCatalog.versionErrorRatio,
      expression: promql`${promql`${failed} or 0 * ${requests}`} / ${promql`${requests} > ${0}`}`,
    },
    {
      group: 'version',
      record: recordedCatalog.versionLatencyP95,
      // The comparison drops the NaN of a version without traffic.
      expression: promql`${quantileOf(0.95, bucketRates)} >= ${0}`,
    },
  ];
}

function withVersion<L extends string>(rates: Expression<L>): Expression<L | 'version'> {
  const version = maxBy([...perInstance, 'version'], gauge(healthCatalog.serviceInfo));
  const joined = promql`${rates} * on (${labels(perInstance)}) group_left (${labels(['version'])}) ${version}`;
  return { ...joined, labels: [...rates.labels, 'version'] };
}
