/** Containers, through cAdvisor (>= 0.47), and restarts through kube-state-metrics (>= 2.0). */
import { container, image, podName } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

const from = { exposedBy: 'cadvisor', otel: null, versions: '>=0.47', labels: { name: container, image } } as const;

export const cadvisorCatalog = {
  cpu: {
    ...from,
    name: 'container_cpu_usage_seconds_total',
    kind: 'counter',
    unit: 'seconds',
    help: 'CPU time of the container.',
  },
  memory: {
    ...from,
    name: 'container_memory_working_set_bytes',
    kind: 'gauge',
    unit: 'bytes',
    help: 'Memory that the kernel cannot take back from the container.',
  },
  memoryLimit: {
    ...from,
    name: 'container_spec_memory_limit_bytes',
    kind: 'gauge',
    unit: 'bytes',
    help: 'Memory limit of the container; 0 without one.',
  },
  containerRestarts: {
    name: 'kube_pod_container_status_restarts_total',
    kind: 'counter',
    unit: 'items',
    help: 'Restarts of a container of a pod.',
    labels: { namespace: podName, pod: podName, container },
    exposedBy: 'kube-state-metrics',
    otel: null,
    versions: '>=2.0',
  },
} as const satisfies MetricCatalog;
