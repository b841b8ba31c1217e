import { channel } from 'node:diagnostics_channel';
import http from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { outboundMetrics } from '../../src/instrument/outbound/outbound.ts';
import { clients } from '../support/clients.ts';
import { scrape } from '../support/exposition.ts';
import { settled, recorded, startOrigin, watch } from '../support/outbound-origin.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const patiently = { timeout: 20_000 };

const channels = [
  'http.client.request.created',
  'http.client.request.start',
  'http.client.request.error',
  'http.client.response.finish',
  'undici:request:create',
  'undici:request:headers',
  'undici:request:trailers',
  'undici:request:error',
] as const;

const subscribed = (): readonly string[] => channels.filter((name) => channel(name).hasSubscribers);

async function read(url: string): Promise<void> {
  await (await fetch(url)).text();
}

describe.each(clients)('outboundMetrics() on a registry of %s', (_, newRegistry) => {
  it('records calls of fetch and of node:http', async () => {
    const origin = await startOrigin();
    const registry = newRegistry();
    const metrics = outboundMetrics({ registry, dependencies: { api: origin.host } });
    await read(`${origin.url}/ok`);
    http.get(`${origin.url}/missing`, (response) => response.resume());
    expect(await settled(registry as Registry, origin)).toEqual({ 'api GET 200': 1, 'api GET 404': 1 });
    metrics.dispose();
    expect([registry.getMetricsAsArray(), subscribed()]).toEqual([[], []]);
  });
});

describe('outboundMetrics()', () => {
  it('records hosts that are not declared as "other"', async () => {
    const origin = await startOrigin();
    const registry = watch({ stripe: 'api.stripe.com' });
    await read(`${origin.url}/ok`);
    expect(await settled(registry, origin)).toEqual({ 'other GET 200': 1 });
  });

  it('called twice on one registry adds dependencies up and records each call once', async () => {
    const origin = await startOrigin();
    const registry = new Registry();
    const first = outboundMetrics({ registry, dependencies: { stripe: 'api.stripe.com' } });
    const second = outboundMetrics({ registry, dependencies: { api: origin.host } });
    await read(`${origin.url}/ok`);
    second.dispose();
    second.dispose();
    await read(`${origin.url}/ok`);
    expect(await settled(registry, origin)).toEqual({ 'api GET 200': 1, 'other GET 200': 1 });
    expect(subscribed()).toEqual(channels);
    first.dispose();
    expect([registry.getMetricsAsArray(), subscribed()]).toEqual([[], []]);
  });

  it('refuses what contradicts an earlier declaration on the registry, and leaves that one as it was', async () => {
    const origin = await startOrigin();
    const registry = new Registry();
    const first = outboundMetrics({ registry, dependencies: { api: origin.host } });
    expect(() => outboundMetrics({ registry, dependencies: { other_api: origin.host } })).toThrow(
      `Cannot watch these dependencies: "${origin.host}" belongs to both "api" and "other_api"`,
    );
    await read(`${origin.url}/ok`);
    expect(await settled(registry, origin)).toEqual({ 'api GET 200': 1 });
    first.dispose();
    expect(registry.getMetricsAsArray()).toEqual([]);
  });

  it('records into each of several registries', async () => {
    const origin = await startOrigin();
    const [api, unnamed] = [watch({ api: origin.host }), watch({})];
    await read(`${origin.url}/ok`);
    expect(await settled(api, origin)).toEqual({ 'api GET 200': 1 });
    expect(await recorded(unnamed)).toEqual({ 'other GET 200': 1 });
  });

  it('records nothing of calls that are under way when it is disposed of, and its listeners go with them', async () => {
    const origin = await startOrigin();
    const registry = new Registry();
    const metrics = outboundMetrics({ registry, dependencies: { api: origin.host } });
    const failed = fetch(`${origin.url}/hang`).catch(() => 'failed');
    const request = http.get(`${origin.url}/hang`).on('error', () => {});
    const closed = new Promise<void>((resolve) => {
      request.on('close', resolve);
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    metrics.dispose();
    expect([registry.getMetricsAsArray(), subscribed()]).toEqual([[], []]);
    origin.cut();
    await Promise.all([failed, closed]);
    expect([request.listenerCount('timeout'), request.listenerCount('close')]).toEqual([0, 1]);
    expect(registry.getMetricsAsArray()).toEqual([]);
  });

  it('holds no call that its client has forgotten', async () => {
    const registry = watch({});
    const forgotten = Array.from({ length: 100 }, () => {
      const request = { origin: 'http://localhost', method: 'GET' };
      channel('undici:request:create').publish({ request });
      return new WeakRef(request);
    });
    await expect
      .poll(() => {
        collectGarbage();
        return forgotten.filter((request) => request.deref() !== undefined);
      }, patiently)
      .toEqual([]);
    expect(await recorded(registry)).toEqual({});
  });

  it('counts what it cannot read, and no caller hears of it', async () => {
    const registry = watch({});
    channel('undici:request:create').publish({ request: { origin: 'no URL', method: 'GET' } });
    channel('http.client.request.start').publish({ request: null });
    const { value } = await scrape(registry);
    expect(value('telltale_label_errors_total', { metric: 'http_client_request_duration_seconds' })).toBe(2);
  });

  it.each<[object, string]>([
    [
      { dependencies: 'api.stripe.com' },
      'option "dependencies" must be an object of hosts, or of arrays of hosts, by name, got "api.stripe.com"',
    ],
    [
      { dependencies: { stripe: 1 } },
      'option "dependencies" must be an object of hosts, or of arrays of hosts, by name, got an object',
    ],
    [{ dependency: {} }, 'option "dependency" does not exist'],
  ])('refuses %j', (options, problem) => {
    expect(() => outboundMetrics(options)).toThrow(`Cannot use outboundMetrics(): ${problem}`);
  });
});
