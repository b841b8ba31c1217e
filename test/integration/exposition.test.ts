import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import express from 'express';
import * as promClient from 'prom-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApiService } from '../../examples/api/create-service.ts';
import { createPaymentsService } from '../../examples/payments/create-service.ts';
import { createStage } from '../../servers/process/stage.ts';
import { tempFolder } from '../../servers/process/temp-folder.ts';
import { startPrometheus } from '../../servers/prometheus.ts';
import { findPromtool, type Promtool } from '../../servers/promtool.ts';
import { setTraceReader } from '../../src/correlation/current-trace.ts';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { metricsEndpoint } from '../../src/instrument/exposition/metrics-endpoint.ts';
import { closeService } from '../examples/close-service.ts';
import { settingsForTests } from '../examples/settings-for-tests.ts';
import { fillTheirs } from '../support/every-kind.ts';
import { type RunningServer, startServer } from '../support/express-server.ts';

type LabelSet = Readonly<Record<string, string>>;

const formats = { text: 'PrometheusText0.0.4', openmetrics: 'OpenMetricsText1.0.0' } as const;
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

const stage = createStage();
const registry = new promClient.Registry();
let target: RunningServer;
let prometheusUrl: string;
let promtool: Promtool;

/** An app with every kind of metric, one of whose requests was traced. */
async function startTarget(): Promise<RunningServer> {
  fillTheirs(promClient, registry);
  new promClient.Counter({ name: 'without_suffix', help: 'A "quoted" help.', registers: [registry] }).inc(7);
  const app = express().use(httpMetrics({ registry }));
  app.get('/users/:id', (_request, response) => response.send('user'));
  app.use('/metrics', metricsEndpoint({ registry }));
  const server = await startServer(app);
  setTraceReader(() => ({ traceId, spanId, isSampled: true }));
  await server.send({ path: '/users/1' });
  setTraceReader(undefined);
  return server;
}

/** The target twice: each job asks for one format. */
function configFor(port: number): string {
  const jobs = Object.entries(formats).map(([format, protocol]) => ({
    job_name: format,
    scrape_protocols: [protocol],
    static_configs: [{ targets: [`127.0.0.1:${port}`] }],
  }));
  return JSON.stringify({ global: { scrape_interval: '1s' }, scrape_configs: jobs });
}

async function ask<T>(path: string, parameters: LabelSet): Promise<T> {
  const response = await fetch(`${prometheusUrl}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`);
  return ((await response.json()) as { data: T }).data;
}

/** The samples of a job, by their whole identity but for the job. */
async function samplesOf(job: string): Promise<Readonly<Record<string, string>>> {
  const { result } = await ask<{ result: { metric: LabelSet; value: [number, string] }[] }>('query', {
    query: `{job="${job}"}`,
  });
  const own = result.filter(({ metric }) => !/^(up|scrape_.*|telltale_.*)$/.test(metric['__name__'] ?? ''));
  const pairs = own.map(({ metric, value: [, value] }) => [JSON.stringify({ ...metric, job: '' }), value] as const);
  return Object.fromEntries(pairs);
}

async function bothAreScraped(): Promise<boolean> {
  const samples = await Promise.all(Object.keys(formats).map(samplesOf));
  return samples.every((each) => Object.keys(each).length > 0);
}

beforeAll(async () => {
  const folder = await tempFolder('exposition-test');
  stage.onClose('temporary folder', () => folder.remove());
  target = await startTarget();
  stage.onClose('target', () => target.close());
  const configFile = join(folder.path, 'prometheus.yml');
  await writeFile(configFile, configFor(target.port));
  const flags = ['--enable-feature=exemplar-storage'];
  prometheusUrl = (await stage.use(startPrometheus({ configFile, flags }))).url;
  promtool = await findPromtool();
  await vi.waitUntil(bothAreScraped, { timeout: 60_000, interval: 200 });
});

afterAll(() => stage.close());

describe('metricsEndpoint() scraped by Prometheus', () => {
  it('is accepted in both formats', async () => {
    const { activeTargets } = await ask<{ activeTargets: { health: string; lastError: string }[] }>('targets', {});
    expect(activeTargets.map(({ health, lastError }) => [health, lastError])).toEqual([
      ['up', ''],
      ['up', ''],
    ]);
  });

  it('gives the same series with the same values in both formats', async () => {
    const [text, openmetrics] = [await samplesOf('text'), await samplesOf('openmetrics')];
    expect(openmetrics).toEqual(text);
    expect(Object.keys(text).filter((series) => series.includes('"without_suffix"'))).toHaveLength(1);
  });

  it('keeps label values and help texts as they are', async () => {
    for (const job of Object.keys(formats)) {
      const match = { 'match[]': `paths_total{job="${job}",code="200"}` };
      expect((await ask<LabelSet[]>('series', match))[0]?.['path']).toBe('C:\\dir\n"quoted" \u{1F600} é');
      const about = { match_target: `{job="${job}"}`, metric: 'without_suffix' };
      expect((await ask<LabelSet[]>('targets/metadata', about))[0]?.['help']).toBe('A "quoted" help.');
    }
  });

  it('has its exemplars stored', async () => {
    const now = Date.now() / 1_000;
    const stored = await ask<{ seriesLabels: LabelSet; exemplars: { labels: LabelSet }[] }[]>('query_exemplars', {
      query: 'http_request_duration_seconds_bucket',
      start: String(now - 600),
      end: String(now + 60),
    });
    expect(
      stored.map(({ seriesLabels, exemplars }) => [seriesLabels['job'], exemplars.map((each) => each.labels)]),
    ).toEqual([['openmetrics', [{ trace_id: traceId, span_id: spanId }]]]);
  });
});

describe.each([
  ['api', createApiService],
  ['payments', createPaymentsService],
])('the metrics page of example service %s', (_, create) => {
  it('has nothing that promtool would remark on', async () => {
    const service = create(settingsForTests, new promClient.Registry());
    const server = await startServer(service.app);
    const page = await server.send({ path: '/metrics' });
    await server.close();
    await closeService(service);
    expect(await promtool.checkMetrics(page?.body ?? '')).toMatchObject({ code: 0, output: '' });
  });
});
