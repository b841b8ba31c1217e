import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import { Registry } from 'prom-client';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type HealthEndpoints, healthEndpoints } from '../../src/instrument/health/health-endpoints.ts';
import type { HealthCheck } from '../../src/instrument/health/check.ts';
import { healthDefaults } from '../../src/instrument/health/options.ts';
import { shutdownDefaults } from '../../src/instrument/shutdown/options.ts';
import { type RunningServer, startServer } from '../support/express-server.ts';

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
  readonly timeoutSeconds?: number;
}

interface Container {
  readonly ports: readonly { readonly name: string }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
}

interface PodSpec {
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly Container[];
}

const probes = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;

let pod: PodSpec;
let container: Container;

beforeAll(async () => {
  const page = await readFile(new URL('../../docs/kubernetes.md', import.meta.url), 'utf8');
  const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const deployment = load(yaml) as { readonly spec: { readonly template: { readonly spec: PodSpec } } };
  pod = deployment.spec.template.spec;
  const [first] = pod.containers;
  if (first === undefined) throw new Error('the page shows no container');
  container = first;
});

async function start(check: HealthCheck): Promise<RunningServer & { readonly health: HealthEndpoints }> {
  const health = healthEndpoints({ registry: new Registry(), checks: { database: check } });
  const server = await startServer(health);
  onTestFinished(async () => {
    health.dispose();
    await server.close();
  });
  return { ...server, health };
}

/** What Kubernetes makes of each probe: it passes from 200 to 399. */
async function outcomes({ send }: RunningServer): Promise<object> {
  const asked = probes.map(async (name) => {
    const status = (await send({ path: container[name].httpGet.path }))?.status ?? 0;
    return [name, status >= 200 && status < 400 ? 'passes' : `fails with ${status}`];
  });
  return Object.fromEntries((await Promise.all(asked)) as [string, string][]);
}

const allPass = { startupProbe: 'passes', livenessProbe: 'passes', readinessProbe: 'passes' };
const notReady = { ...allPass, readinessProbe: 'fails with 503' };

describe('the probes of docs/kubernetes.md', () => {
  it('pass while the service works', async () => {
    expect(await outcomes(await start(() => true))).toEqual(allPass);
  });

  it('take a service out whose database is away, and do not restart it', async () => {
    expect(await outcomes(await start(() => false))).toEqual(notReady);
  });

  it('take a service out whose database hangs, and wait for that answer', async () => {
    expect(await outcomes(await start(() => new Promise(() => {})))).toEqual(notReady);
    expect((container.readinessProbe.timeoutSeconds ?? 1) * 1_000).toBeGreaterThan(healthDefaults.timeoutMillis);
  });

  it('take a service out that shuts down, and do not restart it', async () => {
    const server = await start(() => true);
    server.health.draining();
    expect(await outcomes(server)).toEqual(notReady);
  });

  it('ask for ports that the container has', () => {
    const names = container.ports.map(({ name }) => name);
    for (const name of probes) expect(names).toContain(container[name].httpGet.port);
  });

  it('leave a shutdown the time it may take', () => {
    expect(pod.terminationGracePeriodSeconds * 1_000).toBeGreaterThan(shutdownDefaults.deadlineMillis);
  });
});
