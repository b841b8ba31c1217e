/** The datastores that DatabaseConnectionLost watches, each through its exporter and through the service's own check. */
import { identityLabels } from '../catalog/exposers.ts';
import { healthCatalog } from '../catalog/health.ts';
import type { MetricEntry } from '../catalog/metric.ts';
import { postgresExporterCatalog } from '../catalog/postgres-exporter.ts';
import { redisExporterCatalog } from '../catalog/redis-exporter.ts';
import type { Model, ServiceModel } from '../model/model.ts';
import { type Expression, labels, promql } from '../promql/expression.ts';
import { minBy } from '../promql/functions.ts';
import { gauge } from '../promql/selector.ts';
import { absent } from './absent.ts';
import type { AlertBranch } from './alert.ts';
import { anyOf } from './any-of.ts';
import { withLabel } from './with-label.ts';

interface DatastoreKind {
  /** Value of the label `datastore`, and a word of branch ids. */
  readonly name: string;
  /** Field of a service of the model. */
  readonly field: 'database' | 'redis';
  /** Name of the service's readiness check. */
  readonly check: string;
  /** 1 while its exporter can reach it. */
  readonly reachable: MetricEntry & {
    readonly kind: 'gauge';
    readonly exposedBy: 'postgres-exporter' | 'redis-exporter';
  };
}

export const datastoreKinds = [
  { name: 'postgresql', field: 'database', check: 'database', reachable: postgresExporterCatalog.up },
  { name: 'redis', field: 'redis', check: 'redis', reachable: redisExporterCatalog.up },
] as const satisfies readonly DatastoreKind[];

/** Per datastore that some service has: its exporter says no, a service says no, or neither is heard of. */
export function connectionLostBranches(model: Model): readonly AlertBranch[] {
  return datastoreKinds
    .filter(({ field }) => model.services.some((service) => service[field] !== undefined))
    .flatMap((kind) => branchesOf(model, kind));
}

function branchesOf(model: Model, kind: DatastoreKind): readonly AlertBranch[] {
  const { name, field, check, reachable } = kind;
  const owners = model.services.filter((service) => service[field]?.kind === 'own');
  const named = (expression: Expression): Expression => withLabel(expression, 'datastore', name);
  const exporterSays = minBy(identityLabels, gauge(reachable));
  const serviceSays = minBy(identityLabels, gauge(healthCatalog.status, { check }));
  const branches: readonly AlertBranch[] = [
    {
      id: `${name}-exporter`,
      expression: named(promql`${exporterSays} == ${0}`),
      describes: `the exporter cannot reach ${name}`,
    },
    {
      id: `${name}-check`,
      expression: named(promql`${serviceSays} == ${0}`),
      describes: `the check "${check}" of a service fails`,
    },
    {
      id: `${name}-absent`,
      expression: named(anyOf(owners.map((owner) => vanished(model, owner, kind)))),
      describes: `neither the exporter of ${name} nor the check "${check}" of its owner reports`,
    },
  ];
  return owners.length > 0 ? branches : branches.filter(({ id }) => id === `${name}-check`);
}

function vanished(model: Model, owner: ServiceModel, { check, reachable }: DatastoreKind): Expression {
  const identity = { environment: model.environment, service: owner.name };
  const exporter = absent(gauge(reachable, identity), identityLabels);
  const own = absent(gauge(healthCatalog.status, { ...identity, check }), identityLabels);
  return promql`${exporter} and on (${labels(identityLabels)}) ${own}`;
}
