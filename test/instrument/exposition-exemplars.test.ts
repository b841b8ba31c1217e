import { AsyncLocalStorage } from 'node:async_hooks';
import express from 'express';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, test } from 'vitest';
import { type CurrentTrace, setTraceReader } from '../../src/correlation/current-trace.ts';
import { formatExemplar } from '../../src/instrument/metrics/exposed-text.ts';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { metricsEndpoint } from '../../src/instrument/exposition/metrics-endpoint.ts';
import { requestsSettle } from '../support/express-exposition.ts';
import { type RunningServer, startServer } from '../support/express-server.ts';

const openMetrics = { accept: 'application/openmetrics-text' };
const sampled = trace('sampled', true);
const spans = new AsyncLocalStorage<CurrentTrace>();
let server: RunningServer | undefined;

afterEach(async () => {
  setTraceReader(undefined);
  await server?.close();
});

function trace(traceId: string, isSampled: boolean): CurrentTrace {
  return { traceId, spanId: `${traceId}-span`, isSampled };
}

const inSpan: express.RequestHandler = ({ url }, _response, next) => {
  const name = url.split('trace=')[1] ?? 'unnamed';
  spans.run(trace(name, !name.startsWith('un')), next);
};

/** An app whose requests run in the span that the query names, begun before or after the recorder. */
async function startApp(registry: Registry, tracerIsFirst = true): Promise<RunningServer> {
  setTraceReader(() => spans.getStore());
  const app = express();
  app.use(...(tracerIsFirst ? [inSpan, httpMetrics({ registry })] : [httpMetrics({ registry }), inSpan]));
  app.get('/users', (_request, response) => response.send('users'));
  app.get('/broken', (_request, response) => response.socket?.destroy());
  app.use('/metrics', metricsEndpoint({ registry }));
  server = await startServer(app);
  return server;
}

/** `status bucket {labels} value` of every exemplar, times and exact values aside. */
async function exemplars(running: RunningServer, headers = openMetrics): Promise<readonly (string | undefined)[]> {
  const page = await running.send({ path: '/metrics', headers });
  const line = /^http_request_duration_seconds_bucket\{.*status_code="(\d+)"\} \d+ # (\{.*\}) [\d.e-]+ \d+(?:\.\d+)?$/;
  return (page?.body ?? '')
    .split('\n')
    .filter((text) => text.includes(' # {'))
    .map((text) => line.exec(text)?.slice(1).join(' '));
}

describe('httpMetrics() with a tracer', () => {
  test.each([true, false])('keeps a sampled request as exemplar, the tracer first: %s', async (isFirst) => {
    const registry = new Registry();
    const running = await startApp(registry, isFirst);
    await running.send({ path: '/users?trace=first' });
    await requestsSettle(registry);
    expect(await exemplars(running)).toEqual(['200 {trace_id="first",span_id="first-span"}']);
    await running.send({ path: '/users?trace=unsampled' });
    await requestsSettle(registry);
    expect(await exemplars(running)).toEqual(['200 {trace_id="first",span_id="first-span"}']);
  });

  test('keeps one of a request that was cut off before its headers', async () => {
    const registry = new Registry();
    const running = await startApp(registry);
    await running.send({ path: '/broken?trace=cut', abort: 'before_headers' });
    await requestsSettle(registry);
    expect(await exemplars(running)).toEqual(['499 {trace_id="cut",span_id="cut-span"}']);
  });

  test('shows them in OpenMetrics only', async () => {
    const registry = new Registry();
    const running = await startApp(registry);
    await running.send({ path: '/users?trace=first' });
    await requestsSettle(registry);
    expect(await exemplars(running, { accept: 'text/plain' })).toEqual([]);
  });

  test('forgets them when the registry is reset', async () => {
    const registry = new Registry();
    const running = await startApp(registry);
    await running.send({ path: '/users?trace=first' });
    await requestsSettle(registry);
    registry.resetMetrics();
    expect(await exemplars(running)).toEqual([]);
  });

  test('counts requests all the same when the tracer fails', async () => {
    const registry = new Registry();
    const running = await startApp(registry);
    setTraceReader(() => {
      throw new Error('no tracer');
    });
    expect(await running.send({ path: '/users?trace=first' })).toMatchObject({ status: 200 });
    await requestsSettle(registry);
    expect(await exemplars(running)).toEqual([]);
    expect(await registry.metrics()).toMatch(/_count\{method="GET",route="\/users",status_code="200"\} 1\n/);
  });
});

describe('formatExemplar()', () => {
  const exemplar = { labelSet: { trace_id: sampled.traceId }, value: 0.25, timestamp: 12.5 };

  test('writes labels, value and time', () => {
    expect(formatExemplar(exemplar)).toBe(' # {trace_id="sampled"} 0.25 12.5');
  });

  test('leaves out a time that there is not', () => {
    expect(formatExemplar({ labelSet: { a: '"' }, value: 1 })).toBe(String.raw` # {a="\""} 1`);
  });

  test.each([
    [127, true],
    [128, false],
  ])('of a name of 1 and a value of %i characters is written: %s', (length, isWritten) => {
    const written = formatExemplar({ labelSet: { a: '\u{1F600}'.repeat(length) }, value: 1 });
    expect(written !== '').toBe(isWritten);
  });
});
