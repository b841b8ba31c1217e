/** A valid config and its defaults, resolved into a model. */
import type { MetricDeclaration } from '../catalog/declared-metric.ts';
import { defaultAlertKnobs, type AlertKnobs, type AlertName } from '../objectives/alert-knobs.ts';
import { burnWindows } from '../objectives/burn-windows.ts';
import { defaultLines } from '../objectives/lines.ts';
import { defaultSlos, type Slo } from '../objectives/slos.ts';
import type { BusinessMetric, Model, Receiver, ServiceModel, Stack } from '../model/model.ts';
import type { AlertsConfig, Config, ReceiverConfig, ServiceConfig, StackConfig } from './config.ts';
import { fromDeclaration } from './define-metric.ts';
import { datastoresOf, type Datastores } from './datastores.ts';
import {
  defaultAddresses,
  defaultBusiness,
  defaultExporters,
  defaultLinks,
  defaultServices,
  defaultStack,
  defaultTiming,
} from './defaults.ts';

/** The model of a config that has been validated. */
export function toModel(config: Config): Model {
  const profile = config.profile ?? 'compose';
  const slos = config.objectives?.slos ?? defaultSlos;
  const services = config.services ?? defaultServices;
  const datastores = datastoresOf(services, profile);
  const stack = toStack(config.stack ?? {});
  return {
    environment: config.environment ?? 'production',
    services: services.map((service) => toService(service, slos, datastores)),
    identity: { service: 'service', environment: 'environment', ...config.identity },
    naming: config.naming ?? 'prometheus',
    lines: { ...defaultLines, ...config.objectives?.lines },
    burnWindows,
    knobs: toKnobs(config.alerts ?? {}),
    disabledAlerts: disabledOf(config.alerts ?? {}),
    business: config.business?.map(toBusinessMetric) ?? defaultBusiness,
    exporters: { ...defaultExporters, ...config.exporters },
    links: { ...defaultLinks(stack, config.links?.prometheus), ...config.links },
    receivers: (config.receivers ?? []).map(toReceiver),
    timing: { ...defaultTiming, ...config.timing },
    addresses: { ...defaultAddresses[profile], ...config.addresses },
    stack,
    profile,
  };
}

function toService(service: ServiceConfig, slos: readonly Slo[], datastores: Datastores): ServiceModel {
  const database = datastores.of(service, 'database');
  return {
    name: service.name,
    url: service.url.replace(/\/$/, ''),
    metricsPath: service.metricsPath ?? '/metrics',
    metricsPort: service.metricsPort,
    instances: service.instances ?? 1,
    healthPath: service.healthPath ?? '/health',
    discovery: service.discovery ?? 'static',
    probes: service.probes ?? [],
    team: service.team ?? 'platform',
    slos: service.slos ?? slos,
    database,
    redis: datastores.of(service, 'redis'),
    backups: service.backups ?? (database?.kind === 'own' ? ['database'] : []),
  };
}

function toBusinessMetric(metric: BusinessMetric | MetricDeclaration): BusinessMetric {
  return 'entry' in metric ? metric : fromDeclaration(metric);
}

function toReceiver(receiver: ReceiverConfig): Receiver {
  return { settings: {}, ...receiver, team: receiver.team, environment: receiver.environment };
}

function toStack(stack: StackConfig): Stack {
  return { ...defaultStack, ...stack, ports: { ...defaultStack.ports, ...stack.ports } };
}

function toKnobs(alerts: AlertsConfig): AlertKnobs {
  const names = Object.keys(defaultAlertKnobs) as AlertName[];
  const entries = names.map((name) => {
    const { enabled: _enabled, ...knobs } = { enabled: true, ...alerts[name] };
    return [name, { ...defaultAlertKnobs[name], ...knobs }];
  });
  return Object.fromEntries(entries) as AlertKnobs;
}

function disabledOf(alerts: AlertsConfig): AlertName[] {
  const names = Object.keys(alerts) as AlertName[];
  return names.filter((name) => alerts[name]?.enabled === false);
}
