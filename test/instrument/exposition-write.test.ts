import { describe, expect, test } from 'vitest';
import { collectMetrics } from '../../src/instrument/exposition/collect.ts';
import type { ExpositionFormat } from '../../src/instrument/exposition/format.ts';
import { writeExposition } from '../../src/instrument/exposition/write.ts';
import { type AnyRegistry, bothClients, fillRegistry, newRegistry, openMetrics } from '../support/every-kind.ts';

async function render(registry: AnyRegistry, format: ExpositionFormat): Promise<string> {
  return writeExposition(await collectMetrics(registry), format).body.toString();
}

describe.each(bothClients)('writeExposition() with %s', (_, client) => {
  test.each([
    ['no default labels', {}],
    [
      'default labels, some of which a metric has itself',
      { env: 'a "b" \\ c', a: 'default', route: 'default', le: 'default' },
    ],
  ])('equals the text of the client to the byte, with %s', async (_title, defaults) => {
    const registry = new client.Registry();
    fillRegistry(client, registry);
    registry.setDefaultLabels(defaults);
    expect(await render(registry, 'text')).toBe(await registry.metrics());
  });

  test('counts the series it writes', async () => {
    const registry = new client.Registry();
    fillRegistry(client, registry);
    const { body, lines } = writeExposition(await collectMetrics(registry), 'text');
    expect(lines).toBe(
      body
        .toString()
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')).length,
    );
  });

  test('equals the OpenMetrics of a registry that is set to it, but for quotes in help texts', async () => {
    const registry = newRegistry(client, openMetrics);
    fillRegistry(client, registry);
    new client.Counter({ name: 'without_suffix', help: 'help', registers: [registry] }).inc();
    const [text, other] = [await render(registry, 'text'), await render(registry, 'openmetrics')];
    expect(other).toBe(await registry.metrics());
    expect(text).toContain('\nwithout_suffix_total 1\n');
  });

  test('has the same series in both formats, whatever the registry is set to', async () => {
    for (const registry of [new client.Registry(), newRegistry(client, openMetrics)]) {
      fillRegistry(client, registry);
      new client.Counter({ name: 'without_suffix', help: 'help', registers: [registry] }).inc();
      const [text, other] = [await render(registry, 'text'), await render(registry, 'openmetrics')];
      expect(seriesLines(other)).toEqual(seriesLines(text));
    }
  });

  test('leaves the names of counters as they are', async () => {
    const registry = new client.Registry();
    fillRegistry(client, registry);
    const before = await registry.metrics();
    await render(registry, 'openmetrics');
    expect([await registry.metrics(), registry.contentType]).toEqual([before, client.prometheusContentType]);
  });

  test('gives a counter its name back that another registry has cut', async () => {
    const [registry, other] = [new client.Registry(), newRegistry(client, openMetrics)];
    new client.Counter({ name: 'jobs_total', help: 'help', registers: [registry, other] as never }).inc();
    await other.metrics();
    expect(await render(registry, 'text')).toBe('# HELP jobs_total help\n# TYPE jobs_total counter\njobs_total 1\n');
  });

  test.each([
    ['jobs_total', ['# HELP jobs help', '# TYPE jobs counter', 'jobs_total 1', '# EOF', '']],
    ['jobs', ['# HELP jobs help', '# TYPE jobs unknown', 'jobs 1', '# EOF', '']],
  ])('writes counter %s in OpenMetrics without renaming it', async (name, lines) => {
    const registry = new client.Registry();
    new client.Counter({ name, help: 'help', registers: [registry] }).inc();
    expect((await render(registry, 'openmetrics')).split('\n')).toEqual(lines);
  });

  test('never declares a name twice in OpenMetrics', async () => {
    const registry = new client.Registry();
    new client.Gauge({ name: 'jobs', help: 'help', registers: [registry] }).set(5);
    new client.Counter({ name: 'jobs_total', help: 'help', registers: [registry] }).inc();
    expect(await render(registry, 'openmetrics')).toBe(
      '# HELP jobs help\n# TYPE jobs gauge\njobs 5\n# HELP jobs_total help\n# TYPE jobs_total unknown\njobs_total 1\n# EOF\n',
    );
  });

  test.each([
    ['text', String.raw`# HELP level a "b" \\ \n`],
    ['openmetrics', String.raw`# HELP level a \"b\" \\ \n`],
  ] as const)('escapes help in %s', async (format, expected) => {
    const registry = new client.Registry();
    new client.Gauge({ name: 'level', help: 'a "b" \\ \n', registers: [registry] }).set(1);
    expect((await render(registry, format)).split('\n')[0]).toBe(expected);
  });

  test('writes NaN as the formats spell it', async () => {
    const registry = new client.Registry();
    new client.Gauge({ name: 'level', help: 'help', registers: [registry] }).set(NaN);
    expect(await render(registry, 'text')).toContain('\nlevel NaN\n');
  });

  test.each(['counter', 'gauge', 'histogram'])('leaves out exemplars where OpenMetrics has none: %s', async (type) => {
    const registry = new client.Registry();
    const exemplar = { labelSet: { trace_id: 'a' }, value: 1 };
    const values = [{ labels: {}, metricName: 'size_sum', value: 1, exemplar }];
    registry.registerMetric({ name: 'size', get: () => ({ name: 'size', help: 'help', type, values }) } as never);
    expect(await render(registry, 'openmetrics')).toMatch(/^# HELP size help\n# TYPE size \w+\nsize_sum 1\n# EOF\n$/);
  });

  test('writes an empty registry', async () => {
    const registry = new client.Registry();
    expect([await render(registry, 'text'), await render(registry, 'openmetrics')]).toEqual(['', '# EOF\n']);
  });

  test('writes the exemplars of counters and histograms in OpenMetrics only', async () => {
    const registry = newRegistry(client, openMetrics);
    const common = { help: 'help', registers: [registry], enableExemplars: true };
    const exemplarLabels = { trace_id: 'a"b' };
    new client.Counter({ ...common, name: 'jobs_total' }).inc({ exemplarLabels });
    new client.Histogram({ ...common, name: 'size', buckets: [1] }).observe({ value: 0.5, exemplarLabels });
    const written = await render(registry, 'openmetrics');
    expect(written).toBe(await registry.metrics());
    expect(written.match(/ # \{trace_id="a\\"b"\}/g)).toHaveLength(2);
    expect(await render(registry, 'text')).not.toContain('trace_id');
  });
});

/** The samples, without their exemplars. */
function seriesLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
