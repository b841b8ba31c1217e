import { readFileSync } from 'node:fs';
import * as successor from '@prometheus-io/client';
import * as promClient from 'prom-client';
import { describe, expect, it } from 'vitest';
import { nameableMetrics } from '../../src/catalog/all-metrics.ts';
import type { MetricEntry } from '../../src/catalog/metric.ts';
import { exposedAs, type Naming, recordedAs } from '../../src/catalog/naming.ts';
import { httpCatalog } from '../../src/catalog/http.ts';
import { nodejsDefaultsCatalog } from '../../src/catalog/nodejs-defaults.ts';
import { nodejsCatalog } from '../../src/catalog/nodejs.ts';
import { allPresets } from '../../src/catalog/presets/all-presets.ts';
import type { NamingPreset } from '../../src/catalog/presets/preset.ts';
import { checkExpression, knownSeries } from '../../src/promql/catalog-check.ts';

const page = readFileSync(new URL('../../docs/migration.md', import.meta.url), 'utf8');
const presets: readonly (readonly [string, NamingPreset])[] = allPresets.map((preset) => [preset.id, preset]);

describe('docs/migration.md', () => {
  it('names every preset where it lists them', () => {
    const listed = [...page.matchAll(/^\| `\S+` +\| `naming: '(\S+)'`/gm)].map(([, id]) => id);
    expect(listed).toEqual(allPresets.map(({ id }) => id));
  });

  it.each(presets)('lists what preset %s exposes', (id, preset) => {
    const [, table = ''] = page.split(`<!-- exposed: ${id} -->\n\n`);
    const [rows = ''] = table.split('\n\n');
    expect(rows.split('\n').slice(2).map(cells)).toEqual([
      ...Object.entries(preset.metrics).map(([name, { buckets = [] }]) =>
        row(exposedAs(entryOf(name), id as Naming), buckets),
      ),
      ...preset.series.map(({ entry }) => row(entry, [])),
    ]);
  });

  it.each(presets)('asks only what preset %s answers', (id) => {
    const [, section = ''] = page.split(`\n## ${id}\n`);
    const [own = ''] = section.split('\n## ');
    const known = knownSeries(nameableMetrics, {
      naming: id as Naming,
      identity: { service: 'service', environment: 'environment' },
      scope: 'rule',
    });
    const queries = [...own.matchAll(/```promql\n([^`]+)```/g)].map(([, query = '']) => query.trim());
    expect(queries.flatMap((query) => checkExpression(query, known))).toEqual([]);
  });

  it('lists the default metrics of both clients that Telltale does not record, and those it adds', () => {
    const [theirs, successors] = [new promClient.Registry(), new successor.Registry()];
    promClient.collectDefaultMetrics({ register: theirs });
    successor.collectDefaultMetrics({ register: successors });
    const ours: readonly string[] = Object.values({ ...nodejsCatalog, ...nodejsDefaultsCatalog }).map(
      ({ name }) => name,
    );
    const [, section = ''] = page.split('\n## Metrics of the process\n');
    const [replaced = '', after = ''] = section.split('\nWhere a dashboard');
    const rows = [...replaced.matchAll(/^\| `(\w+)` +\| `(\w+)`/gm)];
    expect(rows.map(([, name]) => name)).toEqual(
      [...new Set([...namesOf(theirs), ...namesOf(successors)])].filter((name) => !ours.includes(name)),
    );
    expect(rows.map(([, , name = '']) => name).filter((name) => !ours.includes(name))).toEqual([]);
    const [, sentence = ''] = /What you lose is ([^.]+)\./.exec(after) ?? [];
    const lost = [...sentence.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(lost).toEqual(ours.filter((name) => name.startsWith('nodejs_') && !namesOf(theirs).includes(name)));
  });

  it('asks of what stands in their place only what is recorded', () => {
    const [, section = ''] = page.split('\n## Metrics of the process\n');
    const [own = ''] = section.split('\n## ');
    const queries = [...own.matchAll(/```promql\n([^`]+)```/g)].map(([, query = '']) => query.trim());
    expect(queries).not.toEqual([]);
    const known = knownSeries(nameableMetrics, {
      naming: 'prometheus',
      identity: { service: 'service', environment: 'environment' },
      scope: 'rule',
    });
    expect(queries.flatMap((query) => checkExpression(query, known))).toEqual([]);
  });

  it('counts the bounds of request durations', () => {
    const [bundle, apiMetrics, promster] = allPresets.map(({ id }) => boundsOf(id));
    expect(apiMetrics).toBe(bundle);
    expect(page.replaceAll('\n', ' ')).toContain(
      `from ${boundsOf('prometheus')} bounds to ${bundle} (express-prom-bundle, prometheus-api-metrics) or ${promster} (promster)`,
    );
  });
});

function namesOf(registry: { getMetricsAsArray(): readonly { readonly name: string }[] }): readonly string[] {
  return registry.getMetricsAsArray().map(({ name }) => name);
}

function cells(line: string): readonly string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function row({ name, kind, labels }: MetricEntry, buckets: readonly number[]): readonly string[] {
  return [`\`${name}\``, kind, Object.keys(labels).join(', '), buckets.join(', ')];
}

function entryOf(metric: string): MetricEntry {
  const entry = nameableMetrics.find(({ name }) => name === metric);
  if (entry === undefined) throw new Error(`${metric} is not in the catalog`);
  return entry;
}

function boundsOf(naming: Naming): number {
  return recordedAs(httpCatalog.duration, naming).buckets?.length ?? 0;
}
