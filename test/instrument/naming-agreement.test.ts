import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { allMetrics } from '../../src/catalog/all-metrics.ts';
import { targetLabels } from '../../src/catalog/exposers.ts';
import { exposedAs, namedNamings, type Naming } from '../../src/catalog/naming.ts';
import { packOf } from '../../src/generate.ts';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { analyse } from '../../src/promql/analysis.ts';
import { parseExposition, type Sample } from '../support/exposition.ts';
import { requestsSettle } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { startServer } from '../support/express-server.ts';
import { migrationApp, migrationRequests } from '../support/migration-app.ts';

const own: Naming = {
  http_request_duration_seconds: {
    name: 'web_latency',
    labels: { method: 'verb', route: 'handler', status_code: 'c' },
  },
  http_requests_in_flight: { name: 'web_busy' },
  http_requests_aborted_total: { labels: { phase: 'when' } },
  http_server_rejected_total: { name: 'web_refused_total', labels: { reason: 'why' } },
};

const namings: readonly (readonly [string, Naming])[] = [
  ...namedNamings.map((naming) => [naming, naming as Naming] as const),
  ['names of the user', own],
];

const [line] = expressLines.toReversed();

describe.each(namings)('naming %s', (_, naming) => {
  test('is that of every series of HTTP which dashboards, alerts and records ask for', async () => {
    const samples = await recorded(naming);
    const asked = queries(naming).filter(({ name }) => isOfHttp(name, naming));
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter((query) => !isAnswered(query, samples))).toEqual([]);
  });
});

/** What a real app exposes. */
async function recorded(naming: Naming): Promise<readonly Sample[]> {
  if (line === undefined) throw new Error('there is no Express');
  const registry = new Registry();
  const middleware = httpMetrics({ registry, naming });
  const server = await startServer(migrationApp(line, [middleware]));
  try {
    for (const plan of migrationRequests) await server.send(plan);
    await requestsSettle(registry, exposedAs(inFlight(), naming).name);
    return parseExposition(await registry.metrics());
  } finally {
    middleware.dispose();
    await server.close();
  }
}

interface Query {
  readonly name: string;
  /** Labels that it matches or groups by; those of targets are Prometheus' to add. */
  readonly labels: readonly string[];
}

/** Every series that the pack of a naming selects, in any expression. */
function queries(naming: Naming): readonly Query[] {
  const { dashboards, panels, alerts, records, rules } = packOf({ naming });
  const ofPanels = dashboards.flatMap(({ rows }) =>
    rows.flatMap((row) =>
      row.panels.flatMap(({ panel }) => panel.targets.map((each) => each.expression.render(panels))),
    ),
  );
  const ofRecords = records.map(({ expression }) => expression.render(rules));
  const expressions = [...ofPanels, ...ofRecords, ...alerts.map(({ expression }) => expression)];
  return expressions.flatMap((expression) => {
    const { selectors, groupings } = analyse(expression);
    return selectors.map(({ metric, matchers }) => {
      const grouped = groupings.filter(({ metrics }) => metrics.every((each) => each === metric));
      const labels = [...matchers.map(({ label }) => label), ...grouped.flatMap((grouping) => grouping.labels)];
      return { name: metric, labels: labels.filter((label) => !(targetLabels as readonly string[]).includes(label)) };
    });
  });
}

function isOfHttp(name: string, naming: Naming): boolean {
  const metrics = allMetrics.filter(({ exposedBy }) => exposedBy === 'http').map((entry) => exposedAs(entry, naming));
  return metrics.some((metric) =>
    [metric.name, ...['_bucket', '_sum', '_count'].map((s) => metric.name + s)].includes(name),
  );
}

function isAnswered({ name, labels }: Query, samples: readonly Sample[]): boolean {
  return samples.some((sample) => sample.name === name && labels.every((label) => label in sample.labels));
}

function inFlight(): (typeof allMetrics)[number] {
  const entry = allMetrics.find(({ name }) => name === 'http_requests_in_flight');
  if (entry === undefined) throw new Error('the catalog has no requests in flight');
  return entry;
}
