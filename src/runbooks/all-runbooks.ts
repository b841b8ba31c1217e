/** The six operational runbooks of a model. */
import type { Model } from '../model/model.ts';
import { databaseOperations } from './operations/database-operations.ts';
import { deployment } from './operations/deployment.ts';
import { incidentResponse } from './operations/incident-response.ts';
import { monitoring } from './operations/monitoring.ts';
import { rollback } from './operations/rollback.ts';
import { troubleshooting } from './operations/troubleshooting.ts';
import type { Runbook } from './runbook.ts';
import { sourcedRunbook } from './sourced-steps.ts';

const runbooks: readonly ((model: Model) => Runbook)[] = [
  deployment,
  incidentResponse,
  rollback,
  databaseOperations,
  monitoring,
  troubleshooting,
];

/** In the order of the index, without what this model has no source for. */
export function allRunbooks(model: Model): readonly Runbook[] {
  return runbooks.map((runbook) => sourcedRunbook(runbook(model), model));
}
