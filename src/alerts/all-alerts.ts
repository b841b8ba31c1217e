/** Every alert of a model: the 15 about its services, and those by which the stack watches itself. */
import { answerable } from '../model/sources.ts';
import type { Model } from '../model/model.ts';
import type { Expression } from '../promql/expression.ts';
import type { Alert } from './alert.ts';
import { availabilityAlerts } from './availability.ts';
import { backupAlerts } from './backup.ts';
import { businessAlerts } from './business.ts';
import { databaseAlerts } from './database.ts';
import { httpAlerts } from './http.ts';
import { infrastructureAlerts } from './infrastructure.ts';
import { monitoringAlerts } from './meta-monitoring.ts';
import { platformAlerts } from './meta-platform.ts';
import { runtimeAlerts } from './runtime.ts';
import { sloAlerts } from './slo.ts';

const serviceGroups = [
  httpAlerts,
  sloAlerts,
  availabilityAlerts,
  runtimeAlerts,
  databaseAlerts,
  backupAlerts,
  infrastructureAlerts,
  businessAlerts,
] as const;

/**
 * The alerts about services: 15 by default. Left out are those that the config disables, branches whose source the
 * model lacks, and alerts with no branch left.
 */
export function allAlerts(model: Model): readonly Alert[] {
  const disabled: readonly string[] = model.disabledAlerts;
  const alerts = serviceGroups.flatMap((alertsOf) => alertsOf(model));
  return withSources(model, alerts).filter(({ name }) => !disabled.includes(name));
}

/** The stack's own alerts: emitted to `monitoring/`, and not counted among the 15. */
export function allMetaAlerts(model: Model): readonly Alert[] {
  return withSources(model, [...platformAlerts(model), ...monitoringAlerts(model)]);
}

/** Nothing is left to ask where no service has what a branch is about. */
function asksSomething({ alwaysFires }: Alert, { metrics }: Expression): boolean {
  return alwaysFires !== undefined || metrics.length > 0;
}

function withSources(model: Model, alerts: readonly Alert[]): readonly Alert[] {
  return alerts
    .map((alert) => ({
      ...alert,
      branches: alert.branches.filter(
        ({ expression }) => asksSomething(alert, expression) && answerable(model, expression.metrics),
      ),
    }))
    .filter(({ branches }) => branches.length > 0);
}
