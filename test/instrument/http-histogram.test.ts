import * as fc from 'fast-check';
import type * as promClient from 'prom-client';
import { describe, expect, test } from 'vitest';
import { httpCatalog } from '../../src/catalog/http.ts';
import { collectMetrics } from '../../src/instrument/exposition/collect.ts';
import { writeExposition } from '../../src/instrument/exposition/write.ts';
import { CountedHistogram, type Counts } from '../../src/instrument/metrics/counted-histogram.ts';
import { type AnyClient, type AnyRegistry, bothClients, newRegistry, openMetrics } from '../support/every-kind.ts';

/** Of each client. */
const cases = 6_000;
const { name, help, labels, buckets } = httpCatalog.duration;

const aText = fc.oneof(
  fc.constantFrom('GET', '/users/:id', '"', '\\', '\n', '\\n"', '', 'é', '\u{1F600}'),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const aValue = fc.oneof(
  fc.constantFrom(...buckets, 0, -0, -1, 5e-324, 0.1 + 0.2, 11, 1e21),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
);
const aStep = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('observe' as const),
      series: fc.nat(),
      value: aValue,
      isSampled: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('add' as const), method: aText, route: aText }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'scrape' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reset' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('defaults' as const),
      defaults: fc.dictionary(fc.constantFrom('env', 'route', 'le'), aText),
    }),
  },
);
type Step = typeof aStep extends fc.Arbitrary<infer S> ? S : never;

interface Series {
  readonly counts: Counts;
  readonly labels: Readonly<Record<string, string>>;
}

interface Scrape {
  readonly written: readonly string[];
  readonly expected: readonly string[];
}

/** Our histogram and the client's own, in registries, through the same steps. */
class Pair {
  readonly #ours: AnyRegistry;
  readonly #oursInOpenMetrics: AnyRegistry;
  readonly #stock: AnyRegistry;
  readonly #counted = new CountedHistogram(httpCatalog.duration, 'prometheus');
  readonly #histogram: promClient.Histogram;
  readonly #series = new Map<string, Series>();

  constructor(client: AnyClient) {
    [this.#ours, this.#stock] = [new client.Registry(), new client.Registry()];
    this.#oursInOpenMetrics = newRegistry(client, openMetrics);
    for (const registry of [this.#ours, this.#oursInOpenMetrics]) registry.registerMetric(this.#counted as never);
    const options = { name, help, labelNames: Object.keys(labels), buckets: [...buckets], registers: [this.#stock] };
    this.#histogram = new client.Histogram(options);
  }

  take(step: Exclude<Step, { kind: 'scrape' }>): void {
    if (step.kind === 'add') this.add({ method: step.method, route: step.route, status_code: '200' });
    else if (step.kind === 'observe') this.observe(step.series, step.value, step.isSampled);
    else if (step.kind === 'reset') this.#reset();
    else for (const registry of this.#registries()) registry.setDefaultLabels(step.defaults);
  }

  add(series: Readonly<Record<string, string>>): void {
    const key = JSON.stringify(series);
    if (this.#series.has(key)) return;
    this.#series.set(key, { labels: series, counts: this.#counted.addSeries(series) });
    this.#histogram.zero(series);
  }

  observe(at: number, value: number, isSampled: boolean): void {
    const all = [...this.#series.values()];
    const series = all[at % all.length];
    if (series === undefined) return;
    this.#counted.observe(series.counts, value, { traceId: `${at}`, spanId: 'span', isSampled });
    this.#histogram.observe(series.labels, value);
  }

  async scrape(): Promise<Scrape> {
    const text = writeExposition(await collectMetrics(this.#ours), 'text').body.toString();
    const open = writeExposition(await collectMetrics(this.#oursInOpenMetrics), 'openmetrics').body.toString();
    const expected = await this.#stock.metrics();
    return {
      written: [text, await this.#ours.metrics(), open],
      // With our exemplars: a stock histogram has to be asked for its own at each observation.
      expected: [expected, expected, await this.#oursInOpenMetrics.metrics()],
    };
  }

  /** A stock histogram forgets its series. */
  #reset(): void {
    for (const registry of this.#registries()) registry.resetMetrics();
    for (const series of this.#series.values()) this.#histogram.zero(series.labels);
  }

  #registries(): readonly AnyRegistry[] {
    return [this.#ours, this.#oursInOpenMetrics, this.#stock];
  }
}

describe.each(bothClients)('a histogram of httpMetrics() beside one of %s', (_, client) => {
  test('says the same at every scrape, whatever happened in between', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { maxLength: 25 }), async (steps) => {
        const pair = new Pair(client);
        const scrapes = [];
        for (const step of steps) {
          if (step.kind === 'scrape') scrapes.push(await pair.scrape());
          else pair.take(step);
        }
        scrapes.push(await pair.scrape());
        expect(scrapes.map(({ written }) => written)).toEqual(scrapes.map(({ expected }) => expected));
      }),
      { numRuns: cases },
    );
  });

  test('says the same for more series than a page is written at once', async () => {
    const pair = new Pair(client);
    for (let index = 0; index < 600; index += 1) {
      pair.add({ method: 'GET', route: `/é/\u{1F600}/${'x'.repeat(index % 97)}/${index}`, status_code: '200' });
      pair.observe(index, index / 1_000, index % 7 === 0);
    }
    const { written, expected } = await pair.scrape();
    expect(written).toEqual(expected);
  });
});

describe('a histogram of httpMetrics() with names of OpenTelemetry', () => {
  test('exposes each label under its other name', async () => {
    const [, client] = bothClients[0] as (typeof bothClients)[number];
    const registry: AnyRegistry = new client.Registry();
    const histogram = new CountedHistogram(httpCatalog.requestSize, 'otel');
    registry.registerMetric(histogram as never);
    histogram.observe(histogram.addSeries({ method: 'GET', route: '/a' }), 5e7);
    const lines = writeExposition(await collectMetrics(registry), 'text')
      .body.toString()
      .split('\n')
      .slice(-5, -1);
    const series = 'http_request_method="GET",http_route="/a"';
    const metric = 'http_server_request_body_size_bytes';
    expect(lines).toEqual([
      `${metric}_bucket{le="10000000",${series}} 0`,
      `${metric}_bucket{le="+Inf",${series}} 1`,
      `${metric}_sum{${series}} 50000000`,
      `${metric}_count{${series}} 1`,
    ]);
    expect(await registry.metrics()).toContain(lines.join('\n'));
  });
});
