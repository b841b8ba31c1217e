/** Every recording rule, in the order of evaluation: what others read comes first. */
import type { Model } from '../model/model.ts';
import type { RecordingRule } from './alert.ts';
import { serviceRecords, versionRecords } from './service-records.ts';
import { sloRecords } from './slo-records.ts';

export function allRecords(model: Model): readonly RecordingRule[] {
  return [...serviceRecords(model), ...sloRecords(model), ...versionRecords(model)];
}
