/** Every container of a model's compose stack. */
import type { Model } from '../model/model.ts';
import type { Container } from './container.ts';
import { blackboxExporter, cadvisor, nodeExporters, postgresExporters, redisExporters } from './exporter-containers.ts';
import { alertmanagerContainer, grafanaContainer, prometheusContainer } from './monitoring-containers.ts';

export function allContainers(model: Model): readonly Container[] {
  return [
    prometheusContainer(model),
    alertmanagerContainer(model),
    grafanaContainer(model),
    ...nodeExporters(model),
    ...blackboxExporter(model),
    ...postgresExporters(model),
    ...redisExporters(model),
    ...cadvisor(model),
  ];
}
