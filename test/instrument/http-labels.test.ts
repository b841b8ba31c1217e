import type { IncomingMessage } from 'node:http';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { HttpLabel } from '../../src/instrument/http/labels.ts';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import type { HttpMetricsOptions } from '../../src/instrument/http/options.ts';
import { scrape } from '../support/exposition.ts';
import { requestsSettle } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { answer, ok } from '../support/express-rows.ts';
import { type RequestPlan, startServer } from '../support/express-server.ts';

const plan = {
  values: ['free', 'paid'],
  of: ({ headers }: IncomingMessage) => headers['x-plan'] as string | undefined,
};
const region = { values: ['eu'], of: () => 'eu' };
const asPlan = (value: string): RequestPlan => ({ path: '/a', headers: { 'x-plan': value } });

const valuesTo = (count: number): string[] => Array.from({ length: count }, (_, index) => `v${index}`);
const of = (): string => 'x';
const counts = async (registry: Registry): Promise<Record<string, number>> =>
  (await scrape(registry)).series('http_request_duration_seconds_count');
/** A label that reads a parameter of the query. */
const queried = (name: string, values: readonly string[]): HttpLabel => ({
  values,
  of: ({ url = '' }) => new URL(url, 'http://x').searchParams.get(name) ?? undefined,
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('httpMetrics({ labels }) refuses', () => {
  test.each([
    [{ '0plan': plan }, 'option "labels.0plan" must be named with letters, digits and underscores'],
    [{ route: plan }, 'option "labels.route" must have another name: that one is set already'],
    [{ le: plan }, 'option "labels.le" must have another name: that one is set already'],
    [{ __plan: plan }, 'option "labels.__plan" must be named with letters, digits and underscores'],
    [{ plan: { values: ['a', ''], of } }, 'option "labels.plan" must have "values", a list of different texts'],
    [{ instance: plan }, 'option "labels.instance" must have another name: that one is set already'],
    [{ plan: { values: ['a', 'a'], of } }, 'option "labels.plan" must have "values", a list of different texts'],
    [{ plan: { values: [], of } }, 'option "labels.plan" must have "values", a list of different texts'],
    [{ plan: { values: ['a'] } }, 'option "labels.plan" must have "of", a function'],
    [
      { plan: null },
      'option "labels.plan" must have "values", a list of different texts; option "labels.plan" must have "of", a function',
    ],
    [{ plan: { values: valuesTo(51), of } }, 'option "labels.plan" must have at most 50 values, got 51'],
    [
      { plan: { values: valuesTo(2), of }, region: { values: valuesTo(66), of } },
      'option "labels.region" must have at most 50 values, got 66; option "labels" makes 201 combinations of values, at most 200 are allowed',
    ],
  ])('%j', (labels, problem) => {
    expect(() => httpMetrics({ labels } as never)).toThrow(
      expect.objectContaining({ code: 'TELLTALE_OPTION', message: `Cannot use httpMetrics(): ${problem}` }),
    );
  });

  test('nothing up to 50 values and 200 combinations', () => {
    const labels = { plan: { values: valuesTo(50), of }, region: { values: valuesTo(2), of } };
    expect(() => httpMetrics({ labels, registry: new Registry() })).not.toThrow();
    const most = { plan: { values: valuesTo(49), of }, region: { values: valuesTo(3), of } };
    expect(() => httpMetrics({ labels: most, registry: new Registry() })).not.toThrow();
  });

  test('the name that a label of its own has under another naming', () => {
    expect(() => httpMetrics({ naming: 'otel', labels: { http_route: plan }, registry: new Registry() })).toThrow(
      'option "labels.http_route" must have another name',
    );
  });
});

describe.each(expressLines)('httpMetrics({ labels }) with $name', (line) => {
  const record = async (options: HttpMetricsOptions, plans: readonly RequestPlan[]): Promise<Registry> => {
    const registry = new Registry();
    const app = line
      .express()
      .use(httpMetrics({ ...options, registry }))
      .get('/a', ok);
    const server = await startServer(app);
    try {
      for (const each of plans) await server.send(each);
      await requestsSettle(registry);
      return registry;
    } finally {
      await server.close();
    }
  };
  test('counts by every combination that occurs, and what was not declared as other', async () => {
    const requests = ['free', 'paid', 'paid', 'x"y', ''].map(asPlan);
    const registry = await record({ labels: { plan, region } }, [...requests, { path: '/nowhere' }]);
    expect(await counts(registry)).toEqual({
      'GET free eu /a 200': 1,
      'GET paid eu /a 200': 2,
      'GET other eu /a 200': 2,
      'GET other eu unmatched 404': 1,
    });
    const failures = (await scrape(registry)).series('telltale_label_errors_total');
    expect(failures['http_request_duration_seconds']).toBeUndefined();
  });

  test('reads each combination back as it was declared', async () => {
    const values = ['a', 'b', 'c'];
    const labels = {
      one: queried('one', values),
      two: queried('two', ['other', 'a']),
      three: queried('three', values),
    };
    const paths = [...values, 'other'].flatMap((one) =>
      ['a', 'other'].flatMap((two) => [...values, 'other'].map((three) => [one, three, two] as const)),
    );
    const registry = await record(
      { labels },
      paths.map(([one, three, two]) => ({ path: `/a?one=${one}&two=${two}&three=${three}` })),
    );
    const expected = paths.map(([one, three, two]) => [`GET ${one} /a 200 ${three} ${two}`, 1] as const);
    expect(await counts(registry)).toEqual(Object.fromEntries(expected));
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no plan');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no plan'))],
    ['hangs', () => new Promise(() => undefined)],
    ['gives no text', () => 7],
  ])('answers the request, and counts the failure, where a label %s', async (_what, of) => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const labels = { plan: { values: ['free'], of: of as never } };
    const registry = await record({ labels }, [asPlan('free'), asPlan('free')]);
    expect(await counts(registry)).toEqual({ 'GET other /a 200': 2 });
    const errors = (await scrape(registry)).value('telltale_label_errors_total', {
      metric: 'http_request_duration_seconds',
    });
    expect(errors).toBe(2);
    expect(warn).toHaveBeenCalledTimes(1);
  });

  test('leaves the sizes by status, of a preset, without them', async () => {
    const registry = new Registry();
    const app = line
      .express()
      .use(httpMetrics({ registry, naming: 'prometheus-api-metrics', labels: { plan } }))
      .get('/a', ok)
      .put('/a', answer(201))
      .post('/a', answer(201));
    const server = await startServer(app);
    for (const each of ['free', 'paid', 'paid'].map(asPlan)) await server.send(each);
    for (const method of ['POST', 'PUT', 'PUT']) await server.send({ method, path: '/a' });
    await requestsSettle(registry);
    await server.close();
    const { series } = await scrape(registry);
    expect(series('http_request_duration_seconds_count')).toEqual({
      '200 GET free /a': 1,
      '200 GET paid /a': 2,
      '201 POST other /a': 1,
      '201 PUT other /a': 2,
    });
    expect(series('http_response_size_bytes_count')).toEqual({ '200 GET /a': 3, '201 POST /a': 1, '201 PUT /a': 2 });
  });
});
