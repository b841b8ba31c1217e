import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { fetch as fetchOfPackage } from 'undici';
import {
  closedPort,
  settled,
  slowBodyMillis,
  type Origin,
  recorded,
  recordedSeconds,
  startOrigin,
  watch,
} from '../support/outbound-origin.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const patiently = { timeout: 20_000 };

const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch(() => {});

/** Reads the response to its end. */
async function read(origin: Origin, path: string, init: RequestInit = {}): Promise<unknown> {
  return quietly(fetch(`${origin.url}${path}`, init).then((response) => response.text()));
}

describe('outboundMetrics() with fetch', () => {
  it.each<[string, string, RequestInit, Record<string, number>]>([
    ['an answer', '/ok', {}, { 'api GET 200': 1 }],
    ['an answer without a body', '/empty', {}, { 'api GET 204': 1 }],
    ['a HEAD request', '/ok', { method: 'HEAD' }, { 'api HEAD 200': 1 }],
    ['a request with a body', '/echo', { method: 'POST', body: 'hello' }, { 'api POST 200': 1 }],
    ['an error status', '/missing', {}, { 'api GET 404': 1 }],
    ['the final answer after early hints', '/hints', {}, { 'api GET 200': 1 }],
    ['each hop of a redirect', '/moved', {}, { 'api GET 302': 1, 'api GET 200': 1 }],
    ['a redirect that is not followed', '/moved', { redirect: 'manual' }, { 'api GET 302': 1 }],
    ['a method that is not in the list', '/ok', { method: 'PROPFIND' }, { 'api other 200': 1 }],
    ['a reset', '/reset', {}, { 'api GET error': 1 }],
    ['an answer that is no HTTP', '/garbage', {}, { 'api GET error': 1 }],
    ['a response that breaks off', '/half', {}, { 'api GET error': 1 }],
    ['a response whose body is no HTTP', '/broken-chunk', {}, { 'api GET error': 1 }],
  ])('records %s', async (_, path, init, expected) => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    await read(origin, path, init);
    expect(await settled(registry, origin)).toEqual(expected);
  });

  it('counts the time up to the end of the response', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    await read(origin, '/slow-body');
    expect(await settled(registry, origin)).toEqual({ 'api GET 200': 1 });
    // Timers are early by up to a millisecond.
    expect(await recordedSeconds(registry)).toBeGreaterThan((slowBodyMillis - 2) / 1_000);
  });

  it.each(['/hang', '/stall'])('records the timeout of a signal as one: %s', async (path) => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    await read(origin, path, { signal: AbortSignal.timeout(50) });
    expect(await settled(registry, origin)).toEqual({ 'api GET timeout': 1 });
  });

  it('records an abort before the answer as an error', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    const controller = new AbortController();
    const call = read(origin, '/hang', { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await call;
    expect(await settled(registry, origin)).toEqual({ 'api GET error': 1 });
  });

  it.each<[string, (response: Response, controller: AbortController) => unknown]>([
    ['aborted', (_, controller) => controller.abort()],
    ['aborted for a reason of its own', (_, controller) => controller.abort('too long')],
    ['cancelled', (response) => response.body?.cancel()],
    ['cancelled with an error', (response) => response.body?.cancel(new Error('too long'))],
  ])('records the status, and the time up to the headers, of a response that is %s', async (_, stop) => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    const controller = new AbortController();
    const start = performance.now();
    const response = await fetch(`${origin.url}/stall`, { signal: controller.signal });
    const headersSeconds = (performance.now() - start) / 1_000;
    await new Promise((resolve) => setTimeout(resolve, 100));
    await quietly(Promise.resolve(stop(response, controller)));
    expect(await settled(registry, origin)).toEqual({ 'api GET 200': 1 });
    expect(await recordedSeconds(registry)).toBeLessThanOrEqual(headersSeconds);
  });

  it('records a response that nobody reads, once it is collected, with the time up to its headers', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    const start = performance.now();
    await fetch(`${origin.url}/large`);
    const headersSeconds = (performance.now() - start) / 1_000;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await recorded(registry)).toEqual({});
    await expect
      .poll(() => {
        collectGarbage();
        return recorded(registry);
      }, patiently)
      .toEqual({ 'api GET 200': 1 });
    expect(await recordedSeconds(registry)).toBeLessThanOrEqual(headersSeconds);
  });

  it('records a refused connection, and a name that does not resolve', async () => {
    const port = await closedPort();
    const registry = watch({ down: `localhost:${port}`, gone: 'no-such-host.invalid' });
    await quietly(fetch(`http://localhost:${port}/`));
    await quietly(fetch('http://no-such-host.invalid/'));
    await expect
      .poll(() => recorded(registry), { timeout: 20_000 })
      .toEqual({ 'down GET error': 1, 'gone GET error': 1 });
  });

  it('records calls of the fetch of the package beside those of Node', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    await (await fetchOfPackage(`${origin.url}/ok`)).text();
    await read(origin, '/ok');
    expect(await settled(registry, origin)).toEqual({ 'api GET 200': 2 });
  });

  it('records what is in flight together, each once', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    const paths = Array.from({ length: 60 }, (_, i) => ['/ok', '/missing', '/reset'][i % 3] ?? '');
    await Promise.all(paths.map((path) => read(origin, path)));
    expect(await settled(registry, origin)).toEqual({ 'api GET 200': 20, 'api GET 404': 20, 'api GET error': 20 });
  });
});
