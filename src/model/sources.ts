/** Which exposers a model has: what depends on another is not generated at all, so that no panel and no branch is dead. */
import type { Exposer } from '../catalog/exposers.ts';
import type { MetricEntry } from '../catalog/metric.ts';
import { allMetrics } from '../catalog/all-metrics.ts';
import { seriesOfPreset } from '../catalog/presets/all-presets.ts';
import type { Model } from './model.ts';

/** Whether the model has something that exposes the metrics of an exposer. */
export function hasSource(model: Model, exposer: Exposer): boolean {
  switch (exposer) {
    case 'postgres-exporter':
      return model.services.some(({ database }) => database?.kind === 'own');
    case 'redis-exporter':
      return model.services.some(({ redis }) => redis?.kind === 'own');
    case 'database':
      return model.services.some(({ database }) => database !== undefined);
    case 'backup':
      return model.services.some(({ backups }) => backups.length > 0);
    case 'node-exporter':
      return model.exporters.node;
    case 'blackbox-exporter':
      return model.exporters.blackbox;
    case 'cadvisor':
      return model.exporters.containers;
    case 'kube-state-metrics':
      return model.exporters.kubernetes;
    case 'remote-write':
      return model.exporters.remoteWrite;
    case 'tracing':
      return model.exporters.tracing;
    case 'cluster':
      return model.exporters.cluster;
    case 'business':
      return model.business.length > 0;
    default:
      return true;
  }
}

/**
 * Every metric that may be queried: the catalog with the model's business metrics in the place of the default ones, and
 * what the preset of its naming adds.
 */
export function metricsOf(model: Model): readonly MetricEntry[] {
  const fixed = allMetrics.filter(({ exposedBy }) => exposedBy !== 'business');
  const added = seriesOfPreset(model.naming).map(({ entry }) => entry);
  return [...fixed, ...added, ...model.business.map(({ entry }) => entry)].filter(({ exposedBy }) =>
    hasSource(model, exposedBy),
  );
}

/** Whether everything that an expression selects has a source. */
export function answerable(model: Model, metrics: readonly MetricEntry[]): boolean {
  return metrics.every(({ exposedBy }) => hasSource(model, exposedBy));
}
