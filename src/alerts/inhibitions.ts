/** Every inhibition of a model. Names of alerts that the model does not have are left out, and so is what then is empty. */
import type { AlertName } from '../objectives/alert-knobs.ts';
import type { Model, ServiceModel } from '../model/model.ts';
import { allAlerts, allMetaAlerts } from './all-alerts.ts';
import { datastoreKinds } from './datastores.ts';
import type { Inhibition } from './inhibition.ts';

type Muted = AlertName | 'TargetDown';

/** What users of a service notice of it through HTTP. */
const httpSymptoms = [
  'HighErrorRate',
  'HighResponseTime',
  'ErrorBudgetBurnFast',
  'ErrorBudgetBurnSlow',
  'BusinessActivityDrop',
] as const satisfies readonly Muted[];

const serviceSymptoms = [
  ...httpSymptoms,
  'HealthCheckFailing',
  'ServiceRestarting',
  'EventLoopLagHigh',
  'DatabaseConnectionsHigh',
  'DatabaseQueriesSlow',
  'TargetDown',
] as const satisfies readonly Muted[];

const databaseSymptoms = ['DatabaseConnectionsHigh', 'DatabaseQueriesSlow'] as const satisfies readonly Muted[];

const identity = ['environment', 'service'] as const;

export function allInhibitions(model: Model): readonly Inhibition[] {
  const known = new Set([...allAlerts(model), ...allMetaAlerts(model)].map(({ name }) => name));
  return [...fixed(model), ...model.services.flatMap(ofDependant)].flatMap((inhibition) => among(known, inhibition));
}

function fixed(model: Model): readonly Inhibition[] {
  return [
    {
      source: { alertname: 'ServiceDown' },
      target: { alertname: serviceSymptoms },
      equal: identity,
      reason: 'a service that is down shows every other symptom too',
    },
    {
      source: { alertname: 'HighErrorRate' },
      target: { alertname: 'ErrorBudgetBurnFast', slo: availabilitySlos(model) },
      equal: identity,
      reason: 'both say that requests fail: one page is enough',
    },
    {
      source: { alertname: 'DatabaseConnectionLost', datastore: 'postgresql' },
      target: { alertname: databaseSymptoms },
      equal: identity,
      reason: 'a database that cannot be reached has no healthy pool and no fast query',
    },
    {
      source: { alertname: 'DatabaseConnectionLost' },
      target: { alertname: httpSymptoms },
      equal: identity,
      reason: 'requests that need the datastore fail, or wait for it',
    },
    {
      source: { alertname: 'ErrorBudgetBurnFast' },
      target: { alertname: 'ErrorBudgetBurnSlow' },
      equal: [...identity, 'slo'],
      reason: 'what burns fast burns slowly too',
    },
    {
      source: { severity: 'critical' },
      target: { severity: 'warning' },
      equal: ['alertname', ...identity],
      reason: 'the warning of an alert adds nothing to its critical form',
    },
  ];
}

/** Failing requests of a whole service show in these; an SLO on some routes may burn for reasons of its own. */
function availabilitySlos(model: Model): readonly string[] {
  const slos = model.services.flatMap((service) => service.slos);
  const whole = slos.filter(({ kind, routes }) => kind === 'availability' && routes === undefined);
  return [...new Set(whole.map(({ name }) => name))];
}

/** `equal` cannot say "of the owner": both services are named instead. */
function ofDependant(service: ServiceModel): readonly Inhibition[] {
  return datastoreKinds.flatMap(({ field, name }): readonly Inhibition[] => {
    const datastore = service[field];
    if (datastore?.kind !== 'shared') return [];
    const own = field === 'database' ? databaseSymptoms : [];
    return [
      {
        source: { alertname: 'DatabaseConnectionLost', datastore: name, service: datastore.owner },
        target: {
          alertname: [...httpSymptoms, ...own, 'DatabaseConnectionLost'],
          datastore: [name, ''],
          service: service.name,
        },
        equal: ['environment'],
        reason: `${service.name} shares the ${name} of ${datastore.owner}`,
      },
    ];
  });
}

/** An inhibition by severity concerns every alert; any other must find its source and a target. */
function among(known: ReadonlySet<string>, inhibition: Inhibition): readonly Inhibition[] {
  const { source, target } = inhibition;
  if (source['alertname'] === undefined) return [inhibition];
  const muted = valuesOf(target['alertname']).filter((name) => known.has(name));
  const muting = valuesOf(source['alertname']).filter((name) => known.has(name));
  const nothing =
    muting.length === 0 || muted.length === 0 || Object.values(target).some((value) => value.length === 0);
  return nothing ? [] : [{ ...inhibition, target: { ...target, alertname: muted } }];
}

function valuesOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
