/** The preview against real servers: what it lets through, what it keeps, and what it says when they are gone. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startAlertmanager } from '../../servers/alertmanager.ts';
import { freePort } from '../../servers/process/free-ports.ts';
import { createStage as createServerStage } from '../../servers/process/stage.ts';
import { type PrometheusServer, startPrometheus } from '../../servers/prometheus.ts';
import type { Server } from '../../servers/server.ts';
import type { Preview } from '../../src/preview/start-preview.ts';
import { createStage, type Files } from '../preview/fixture.ts';
import { type Plan, problemOf, send } from '../preview/send.ts';

const files = createStage();
const servers = createServerStage();
let prometheus: PrometheusServer;
let alertmanager: Server;
let preview: Preview;

const configs = (prometheusPort: number, alertmanagerPort: number): Files => ({
  'alertmanager.yml': 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n',
  'prometheus.yml': `
global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [rules.yml]
alerting: { alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:${alertmanagerPort}'] }] }] }
scrape_configs:
  - job_name: prometheus
    params: { token: [not-to-be-seen] }
    static_configs: [{ targets: ['127.0.0.1:${prometheusPort}'] }]
`,
  'rules.yml': 'groups: [{ name: preview, rules: [{ alert: AlwaysThere, expr: vector(1) }] }]\n',
});

beforeAll(async () => {
  const [port, alertmanagerPort] = [await freePort(), await freePort()];
  const folder = await files.folder(configs(port, alertmanagerPort));
  alertmanager = await servers.use(
    startAlertmanager({ configFile: join(folder, 'alertmanager.yml'), port: alertmanagerPort }),
  );
  prometheus = await servers.use(
    startPrometheus({
      configFile: join(folder, 'prometheus.yml'),
      port,
      // Alerts are sent again soon: the first ones are from before it has found Alertmanager.
      flags: ['--enable-feature=exemplar-storage', '--web.enable-admin-api', '--rules.alert.resend-delay=1s'],
    }),
  );
  const addresses = { prometheus: prometheus.url, alertmanager: alertmanager.url };
  preview = await files.preview({ ...addresses, scrapeIntervalSeconds: undefined });
  // The first scrape shows after 5 to 6 s.
  await vi.waitUntil(isScraped, { timeout: 20_000, interval: 100 });
});
afterAll(async () => {
  await files.clear();
  await servers.close();
});

const api = (path: string): string => `/api/prometheus/api/v1/${path}`;

/** What Prometheus answers, through the preview. */
async function dataOf(plan: Plan): Promise<unknown> {
  const { body } = await send(preview.port, plan);
  return (JSON.parse(body) as { readonly data: unknown }).data;
}

async function isScraped(): Promise<boolean> {
  const { result } = (await dataOf({ target: api('query?query=up==1') })) as { readonly result: readonly unknown[] };
  return result.length > 0;
}

async function heldAlerts(): Promise<unknown> {
  return JSON.parse((await send(preview.port, { target: '/api/alertmanager/api/v2/alerts' })).body);
}

const form = (target: string, parameters: Record<string, string>): Plan => ({
  method: 'POST',
  target,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(parameters).toString(),
});

describe('the preview of a real Prometheus', () => {
  it('starts without a warning, and reads the scrape interval', async () => {
    expect(preview.warnings).toEqual([]);
    expect(JSON.parse((await send(preview.port, { target: '/api/preview' })).body)).toMatchObject({
      prometheus: prometheus.url,
      alertmanager: alertmanager.url,
      scrapeIntervalSeconds: 1,
    });
  });

  it('passes on a query over a range, longer than an address may be', async () => {
    const end = Date.now() / 1000;
    const expression = `sum by (job) (up{instance!~"${'x'.repeat(100_000)}"})`;
    const parameters = { query: expression, start: String(end - 60), end: String(end), step: '1' };
    expect(await dataOf(form(api('query_range'), parameters))).toMatchObject({
      resultType: 'matrix',
      result: [{ metric: { job: 'prometheus' }, values: expect.arrayContaining([[expect.any(Number), '1']]) }],
    });
  });

  it.each([
    ['labels', expect.arrayContaining(['__name__', 'instance', 'job'])],
    ['labels?match[]=up', ['__name__', 'instance', 'job']],
    ['label/job/values?match[]=up', ['prometheus']],
    ['series?match[]=up', [expect.objectContaining({ __name__: 'up', job: 'prometheus' })]],
    ['rules?type=alert', { groups: [expect.objectContaining({ name: 'preview' })] }],
    ['alerts', { alerts: [expect.objectContaining({ state: 'firing' })] }],
    ['metadata?metric=go_goroutines', { go_goroutines: [expect.objectContaining({ type: 'gauge' })] }],
    ['query_exemplars?query=up&start=0&end=1', []],
    ['status/buildinfo', expect.objectContaining({ version: expect.any(String) })],
  ])('passes on %s', async (path, data) => {
    expect(await dataOf({ target: api(path) })).toEqual(data);
  });

  it('passes on compressed answers as they are', async () => {
    const { headers, bytes } = await send(preview.port, {
      target: api('query?query={__name__!=""}'),
      headers: { 'accept-encoding': 'gzip' },
    });
    expect([headers['content-encoding'], bytes.subarray(0, 2)]).toEqual(['gzip', Buffer.from([0x1f, 0x8b])]);
  });

  it('passes on what Prometheus says of a wrong query', async () => {
    const { status, body } = await send(preview.port, { target: api('query?query=sum(') });
    expect([status, JSON.parse(body)]).toEqual([
      400,
      { status: 'error', errorType: 'bad_data', error: expect.stringContaining('parse error') },
    ]);
  });

  it('passes on the alerts that Alertmanager holds', async () => {
    await expect
      .poll(heldAlerts, { timeout: 20_000 })
      .toMatchObject([{ labels: { alertname: 'AlwaysThere' }, receivers: [{ name: 'nobody' }] }]);
  });

  it.each([
    ['GET', api('status/config')],
    ['GET', api('status/flags')],
    ['GET', api('targets')],
    ['GET', '/api/prometheus/config'],
    ['GET', '/api/prometheus/api/v1/query/../status/config'],
    ['GET', '/api/prometheus/api/v1/label/%2e%2e%2fstatus%2fconfig%3f/values'],
    ['POST', api('admin/tsdb/delete_series?match[]=up')],
    ['POST', api('admin/tsdb/snapshot')],
    ['POST', '/api/prometheus/-/reload'],
    ['POST', '/api/prometheus/-/quit'],
    ['GET', '/api/alertmanager/api/v2/status'],
    ['POST', '/api/alertmanager/api/v2/silences'],
  ])('passes on no %s %s', async (method, target) => {
    const { status, body } = await send(preview.port, { method, target });
    expect([status >= 400 && status < 500, body.includes('not-to-be-seen')]).toEqual([true, false]);
  });

  it('says that Prometheus is frozen, or gone, and goes on when it is back', async () => {
    const target = api('query?query=up');
    const hasty = await files.preview({ prometheus: prometheus.url, upstreamTimeoutMillis: 500 });
    prometheus.pause();
    expect(await problemOf(hasty.port, { target })).toEqual({
      status: 504,
      error: `Cannot wait longer for Prometheus at ${prometheus.url}: it was silent for 0.5 s`,
    });
    prometheus.resume();
    await prometheus.kill();
    expect(await problemOf(preview.port, { target })).toEqual({
      status: 502,
      error: `Cannot reach Prometheus at ${prometheus.url}: connection refused: is it running?`,
    });
    await prometheus.restart();
    expect((await send(preview.port, { target })).status).toBe(200);
  });
});
