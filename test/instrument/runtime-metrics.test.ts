import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { collectDefaultMetrics, Registry as PromClientRegistry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { nodejsDefaultsCatalog } from '../../src/catalog/nodejs-defaults.ts';
import { nodejsCatalog } from '../../src/catalog/nodejs.ts';
import { observeGc } from '../../src/instrument/runtime/gc-pauses.ts';
import { monitorEventLoopLag } from '../../src/instrument/runtime/event-loop.ts';
import { runtimeMetrics } from '../../src/instrument/runtime/runtime-metrics.ts';
import { clients } from '../support/clients.ts';
import { scrape } from '../support/exposition.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const names = Object.values({ ...nodejsCatalog, ...nodejsDefaultsCatalog }).map(({ name }) => name);
const wait = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

function immediates(): number {
  return process.getActiveResourcesInfo().filter((type) => type === 'Immediate').length;
}

/** Of libuv, also those that Node tells of nowhere else. */
function activeHandles(): Readonly<Record<string, number>> {
  const { libuv } = process.report.getReport() as unknown as {
    readonly libuv: readonly { readonly type: string; readonly is_active: boolean; readonly is_referenced: boolean }[];
  };
  const counts: Record<string, number> = {};
  for (const { type, is_referenced: isReferenced } of libuv.filter(({ is_active: isActive }) => isActive)) {
    const name = `${type} ${isReferenced ? 'referenced' : 'unreferenced'}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe.each(clients)('runtimeMetrics() on a registry of %s', (_, newRegistry) => {
  it('exposes every metric of its catalog, and no other', async () => {
    const registry = newRegistry();
    const runtime = runtimeMetrics({ registry });
    const exposed = [...(await registry.metrics()).matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
    runtime.dispose();
    expect(exposed.filter((name) => name !== 'telltale_label_errors_total').sort()).toEqual([...names].sort());
  });

  it('reads plausible values, none of them an error', async () => {
    const registry = newRegistry();
    const runtime = runtimeMetrics({ registry });
    await wait(50);
    const { value, series } = await scrape(registry);
    runtime.dispose();
    const startTime = value('process_start_time_seconds') ?? 0;
    expect(Math.abs(startTime - (Date.now() / 1_000 - process.uptime()))).toBeLessThan(1);
    expect(value('process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(value('process_virtual_memory_bytes')).toBeGreaterThan(value('process_resident_memory_bytes') ?? Infinity);
    expect(value('process_virtual_memory_bytes')).toBeGreaterThan(value('process_heap_bytes') ?? Infinity);
    expect(value('process_heap_bytes')).toBeGreaterThan(value('nodejs_heap_size_total_bytes') ?? Infinity);
    expect(value('nodejs_heap_size_used_bytes')).toBeLessThan(value('nodejs_heap_size_limit_bytes') ?? 0);
    expect(value('nodejs_heap_size_total_bytes')).toBeGreaterThan(1e6);
    expect(value('nodejs_external_memory_bytes')).toBeGreaterThan(0);
    expect(value('process_open_fds')).toBeGreaterThan(2);
    expect(value('process_max_fds')).toBeGreaterThanOrEqual(value('process_open_fds') ?? Infinity);
    expect(value('nodejs_eventloop_utilization_ratio')).toBeLessThanOrEqual(1);
    expect(Object.values(series('telltale_label_errors_total')).filter((count) => count > 0)).toEqual([]);
  });
});

describe('runtimeMetrics()', () => {
  it('reports the delay of a blocked event loop', async () => {
    const registry = new PromClientRegistry();
    const runtime = runtimeMetrics({ registry });
    await wait(30);
    const until = performance.now() + 300;
    while (performance.now() < until);
    await wait(30);
    const { value } = await scrape(registry);
    runtime.dispose();
    expect(value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0.2);
    expect(value('nodejs_eventloop_lag_mean_seconds')).toBeGreaterThan(0);
    expect(value('nodejs_eventloop_lag_max_seconds')).toBeGreaterThan(0.2);
    expect(value('nodejs_eventloop_lag_min_seconds')).toBeLessThan(0.2);
    expect(value('nodejs_eventloop_lag_stddev_seconds')).toBeGreaterThan(0);
  });

  it('reports how long the loop took to come round at the scrape before', async () => {
    const registry = new PromClientRegistry();
    const runtime = runtimeMetrics({ registry });
    const scraping = registry.metrics();
    const until = performance.now() + 100;
    while (performance.now() < until);
    await scraping;
    await wait(1);
    const { value } = await scrape(registry);
    runtime.dispose();
    expect(value('nodejs_eventloop_lag_seconds')).toBeGreaterThan(0.09);
  });

  it('counts CPU time since the start of the process, once', async () => {
    const registry = new PromClientRegistry();
    const runtime = runtimeMetrics({ registry });
    const before = process.cpuUsage();
    await registry.metrics();
    const { value } = await scrape(registry);
    const after = process.cpuUsage();
    runtime.dispose();
    const [total = NaN, user = NaN, system = NaN] = [
      value('process_cpu_seconds_total'),
      value('process_cpu_user_seconds_total'),
      value('process_cpu_system_seconds_total'),
    ];
    expect(user).toBeGreaterThanOrEqual(before.user / 1e6);
    expect(user).toBeLessThanOrEqual(after.user / 1e6);
    expect(system).toBeGreaterThanOrEqual(before.system / 1e6);
    expect(system).toBeLessThanOrEqual(after.system / 1e6);
    expect(total).toBeCloseTo(user + system, 9);
  });

  it('counts every garbage collection, by kind', async () => {
    const registry = new PromClientRegistry();
    const runtime = runtimeMetrics({ registry });
    const count = async (): Promise<Record<string, number>> =>
      (await scrape(registry)).series('nodejs_gc_duration_seconds_count');
    const before = await count();
    for (let i = 0; i < 5; i += 1) collectGarbage();
    await expect.poll(async () => (await count())['major']).toBeGreaterThanOrEqual((before['major'] ?? 0) + 5);
    runtime.dispose();
    expect(Object.keys(before).sort()).toEqual(['incremental', 'major', 'minor', 'weakcb']);
  });

  it('counts active resources by type', async () => {
    const registry = new PromClientRegistry();
    const runtime = runtimeMetrics({ registry });
    const timers = [1, 2, 3].map(() => setTimeout(() => {}, 60_000));
    const { series } = await scrape(registry);
    for (const timer of timers) clearTimeout(timer);
    const after = (await scrape(registry)).series('nodejs_active_resources');
    runtime.dispose();
    expect((series('nodejs_active_resources')['Timeout'] ?? 0) - (after['Timeout'] ?? 0)).toBe(3);
  });

  it('does not count what it does itself', async () => {
    const registry = new PromClientRegistry();
    const runtime = runtimeMetrics({ registry });
    const before = immediates();
    const { series } = await scrape(registry);
    runtime.dispose();
    expect(series('nodejs_active_resources')['Immediate'] ?? 0).toBe(before);
  });

  it('leaves no handle behind, and keeps no process alive', () => {
    const runtime = runtimeMetrics({ registry: new PromClientRegistry() });
    const during = activeHandles();
    runtime.dispose();
    const after = activeHandles();
    const delayTimer = 'timer unreferenced';
    expect(during).toEqual({ ...after, [delayTimer]: (after[delayTimer] ?? 0) + 1 });
  });

  it('leaves no measurement behind when it is disposed of right after a scrape', async () => {
    const registry = new PromClientRegistry();
    const runtime = runtimeMetrics({ registry });
    const before = immediates();
    const scraping = registry.metrics();
    const during = immediates();
    runtime.dispose();
    expect([during, immediates()]).toEqual([before + 1, before]);
    await scraping;
  });

  it('called twice on one registry records once, until both are disposed of', async () => {
    const registry = new PromClientRegistry();
    const first = runtimeMetrics({ registry });
    const second = runtimeMetrics({ registry });
    first.dispose();
    expect((await scrape(registry)).value('process_resident_memory_bytes')).toBeGreaterThan(0);
    second.dispose();
    expect((await scrape(registry)).samples).toEqual([]);
  });

  it('says what to do when collectDefaultMetrics() was called before', () => {
    const registry = new PromClientRegistry();
    collectDefaultMetrics({ register: registry });
    expect(() => runtimeMetrics({ registry })).toThrow(
      expect.objectContaining({
        code: 'TELLTALE_METRIC_TAKEN',
        fix: expect.stringContaining('remove the call of collectDefaultMetrics()'),
      }),
    );
  });

  it('takes names of the user', async () => {
    const registry = new PromClientRegistry();
    const runtime = runtimeMetrics({
      registry,
      naming: { nodejs_active_resources: { name: 'x', labels: { type: 't' } } },
    });
    const text = await registry.metrics();
    runtime.dispose();
    expect(text).toMatch(/^x\{t="/m);
  });
});

describe('observeGc()', () => {
  it('hands out all of a batch, and nothing once stopped', async () => {
    const kinds: string[] = [];
    const stop = observeGc((kind) => kinds.push(kind));
    for (let i = 0; i < 4; i += 1) collectGarbage();
    await expect.poll(() => kinds.filter((kind) => kind === 'major').length).toBeGreaterThanOrEqual(4);
    stop();
    const counted = kinds.length;
    collectGarbage();
    await wait(20);
    expect(kinds).toHaveLength(counted);
  });
});

describe('monitorEventLoopLag()', () => {
  it('leaves out the sampling period, which is no delay', async () => {
    const raw = monitorEventLoopDelay({ resolution: 10 });
    const monitor = monitorEventLoopLag();
    raw.enable();
    await wait(200);
    const lag = monitor.take();
    raw.disable();
    monitor.stop();
    expect(lag?.meanSeconds).toBeLessThan(raw.mean / 1e9 - 0.005);
  });

  it('starts anew with each take()', async () => {
    const monitor = monitorEventLoopLag();
    await wait(50);
    const lags = [monitor.take(), monitor.take()];
    monitor.stop();
    expect(lags).toEqual([expect.objectContaining({ p50Seconds: expect.any(Number) }), null]);
  });
});
