/** What commands may name: ports and paths of the compose stack. A command that names another fails the check. */
import { hasSource } from '../../model/sources.ts';
import type { Model } from '../../model/model.ts';

export const composeFile = 'docker-compose.monitoring.yml';

/** Ports that are there only with tracing. */
export const tracingPorts = { jaeger: 16686, otlpGrpc: 4317, otlpHttp: 4318 } as const;

/** Ports by who listens on them. */
const stackPorts = {
  prometheus: 9090,
  alertmanager: 9093,
  grafana: 3030,
  nodeExporter: 9100,
  blackboxExporter: 9115,
  postgresExporter: 9187,
  redisExporter: 9121,
  cadvisor: 8080,
  postgres: 5432,
  redis: 6379,
  /** Node's inspector, once a process was asked for it; on its loopback only. */
  nodeInspector: 9229,
} as const;

/** Absolute paths that commands use: of the stack's containers, and of every Linux host. */
export const knownPaths = [
  '/etc/prometheus/prometheus.yml',
  '/etc/prometheus',
  '/prometheus',
  '/etc/alertmanager/alertmanager.yml',
  '/etc/alertmanager',
  '/alertmanager',
  '/var/lib/grafana',
  '/usr/share/grafana',
  '/var/log',
  '/var/lib/docker/containers',
  '/dev/null',
  '/tmp',
  '/proc',
  '/',
] as const;

/** Paths of HTTP endpoints of the stack, as prefixes, beside the services' own. */
export const knownUrlPaths = [
  '/api/v1/',
  '/api/v2/',
  '/api/traces',
  '/api/services',
  '/api/health',
  '/api/org',
  '/-/ready',
  '/-/healthy',
  '/metrics',
  '/ready',
  '/search',
  '/trace/',
  '/d/',
  '/#/alerts',
  '/#/silences',
  '/query',
  '/targets',
  '/rules',
  '/alerts',
  '/config',
] as const;

/** The address of a service as the person on call reaches it from the host: containers call the host by another name. */
export function urlOnHost(url: string): string {
  return url.replace('//host.docker.internal', '//localhost');
}

/** Every port that a command of this model may name. */
export function portsOf(model: Model): ReadonlySet<number> {
  const { jaeger, ...links } = model.links;
  const traced = hasSource(model, 'tracing');
  const urls = [...model.services.map(({ url }) => url), ...Object.values(links), ...(traced ? [jaeger] : [])];
  const own = urls.map((url) => Number(new URL(url).port)).filter((port) => port > 0);
  const addresses = Object.values(model.addresses).map((address) => Number(address.split(':').at(-1)));
  return new Set([...Object.values(stackPorts), ...(traced ? Object.values(tracingPorts) : []), ...own, ...addresses]);
}
