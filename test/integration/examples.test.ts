import { Registry } from 'prom-client';
import { listRoutes } from 'telltale';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApiService } from '../../examples/api/create-service.ts';
import { createPaymentsService } from '../../examples/payments/create-service.ts';
import { startTraffic, type TrafficStats } from '../../examples/traffic.ts';
import { allVisits } from '../../examples/traffic/all-visits.ts';
import { misbehaviours } from '../../examples/traffic/misbehaviours.ts';
import { startPostgres } from '../../servers/postgres.ts';
import { createStage, type Stage } from '../../servers/process/stage.ts';
import { tempFolder } from '../../servers/process/temp-folder.ts';
import { allMetrics } from '../../src/catalog/all-metrics.ts';
import type { Exposer } from '../../src/catalog/exposers.ts';
import { runBackup, startExampleService, type ExampleService } from '../examples/example-services.ts';
import { parseExposition, type Sample } from '../support/exposition.ts';
import { closeService } from '../examples/close-service.ts';
import { settingsForTests } from '../examples/settings-for-tests.ts';

const exposersOfExample: ReadonlySet<Exposer> = new Set([
  'http',
  'outbound',
  'errors',
  'database',
  'cache',
  'business',
  'health',
  'runtime',
  'jobs',
]);
const seconds = 1_000;

let stage: Stage;
let api: ExampleService;
let payments: ExampleService;
let databaseUrl: string;
let stats: TrafficStats;
let samples: Readonly<Record<'api' | 'payments', readonly Sample[]>>;

async function scrape(service: ExampleService): Promise<readonly Sample[]> {
  return parseExposition(await (await fetch(`${service.url}/metrics`)).text());
}

/** Runs the traffic until everything has been visited once and half a minute at most. */
async function visitEverything(): Promise<TrafficStats> {
  const traffic = startTraffic({ api: api.url, payments: payments.url, requestsPerSecond: 30 });
  const enough = allVisits.length + misbehaviours.length + 150;
  await vi.waitUntil(() => traffic.stats().started > enough, { timeout: 30 * seconds, interval: 100 });
  // Visitors of the live stream come and go: this one stays.
  const live = await fetch(`${api.url}/courses/1/live`);
  samples = { api: await scrape(api), payments: await scrape(payments) };
  await live.body?.cancel();
  await traffic.stop();
  return traffic.stats();
}

beforeAll(async () => {
  stage = createStage();
  const postgres = await stage.use(startPostgres());
  databaseUrl = postgres.url;
  const common = { DATABASE_URL: databaseUrl, SERVICE_VERSION: '1.2.3', ADMIN_PORT: '0', JOB_EVERY_MILLIS: '500' };
  payments = await stage.use(startExampleService('payments', common));
  api = await stage.use(startExampleService('api', { ...common, PAYMENTS_URL: payments.url }));
  stats = await visitEverything();
});

afterAll(() => stage.close());

function valueOf(service: 'api' | 'payments', name: string, labels: Readonly<Record<string, string>> = {}): number {
  return samples[service]
    .filter(
      (sample) => sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
    )
    .reduce((sum, { value }) => sum + value, 0);
}

describe('the example services under traffic', () => {
  it('answer every visitor', () => {
    expect(stats.failed).toBe(0);
    expect(stats.skipped).toBe(0);
    expect(Object.keys(stats.byStatus).filter((status) => status.startsWith('5'))).toEqual([]);
  });

  it('expose samples of every metric that they can expose', () => {
    const exposed = new Set([...samples.api, ...samples.payments].map(({ name }) => name));
    const missing = allMetrics
      .filter(({ exposedBy }) => exposersOfExample.has(exposedBy))
      .map(({ name, kind }) => (kind === 'histogram' ? `${name}_count` : name))
      .filter((name) => !exposed.has(name));
    expect(missing).toEqual([]);
  });

  it.each([
    ['api', createApiService],
    ['payments', createPaymentsService],
  ] as const)('observe every registered route of %s', async (name, create) => {
    const service = create(settingsForTests, new Registry());
    const observed = new Set(
      samples[name]
        .filter((sample) => /^http_(request_duration|time_to_headers)_seconds_count$/.test(sample.name))
        .map(({ labels }) => `${labels['method']} ${labels['route']}`),
    );
    const routes = listRoutes(service.app).map(({ method, route }) => `${method} ${route}`);
    await closeService(service);
    const missing = routes.filter((route) => !observed.has(route) && !/^GET \/(metrics|health|ready)$/.test(route));
    expect(missing).toEqual([]);
  });

  it('never label a request with a raw URL', () => {
    const routes = new Set(samples.api.flatMap(({ labels }) => labels['route'] ?? []));
    expect([...routes].filter((route) => /wp-login|first|\/\d+(\/|$)/.test(route))).toEqual([]);
  });

  it.each([
    ['api', 'http_requests_aborted_total', { phase: 'mid_stream' }],
    ['api', 'http_requests_aborted_total', { phase: 'before_headers' }],
    ['api', 'http_server_rejected_total', { reason: 'parse_error' }],
    ['api', 'http_server_rejected_total', { reason: 'header_overflow' }],
    ['api', 'http_client_request_duration_seconds_count', { dependency: 'payments', status_code: '201' }],
    ['api', 'http_client_request_duration_seconds_count', { dependency: 'payments', status_code: '402' }],
    ['api', 'http_streams_active', { kind: 'sse' }],
    ['api', 'cache_requests_total', { cache: 'content', result: 'hit' }],
    ['api', 'cache_requests_total', { cache: 'sessions', result: 'miss' }],
    ['api', 'db_query_errors_total', { pool: 'classroom', code: '23' }],
    ['api', 'db_query_duration_seconds_count', { operation: 'transaction' }],
    ['api', 'job_runs_total', { job_name: 'grade-assignments', result: 'success' }],
    ['api', 'job_runs_total', { job_name: 'send-reminders', result: 'success' }],
    ['api', 'content_created_total', { kind: 'comment' }],
    ['api', 'assignments_completed_total', {}],
    ['api', 'active_users', {}],
    ['api', 'health_check_status', { check: 'database' }],
    ['api', 'health_check_status', { check: 'payments' }],
    ['api', 'service_info', { version: '1.2.3' }],
    ['payments', 'payments_total', { status: 'succeeded' }],
    ['payments', 'payments_total', { status: 'failed' }],
    ['payments', 'revenue_total', { currency: 'eur' }],
    ['payments', 'health_check_status', { check: 'database' }],
    ['payments', 'service_info', { version: '1.2.3' }],
  ] as const)('%s counts %s %o', (service, name, labels) => {
    expect(valueOf(service, name, labels)).toBeGreaterThan(0);
  });
});

describe('a fault of the example', () => {
  it('is switched over HTTP, shows up under the route at fault, and ends', async () => {
    await api.fault('errors', { on: true, share: 1 });
    const { status } = await fetch(`${api.url}/schools/1/courses/1`);
    await api.fault('errors', { on: false });
    const after = await fetch(`${api.url}/schools/1/courses/1`);
    expect([status, after.status]).toEqual([500, 200]);
    const failed = (await scrape(api)).filter(
      ({ name, labels }) => name === 'application_errors_total' && labels['type'] !== 'Error',
    );
    expect(failed.map(({ labels }) => labels['route'])).toContain('/schools/:schoolId/courses/:courseId');
  });

  it('does not touch the public port', async () => {
    const response = await fetch(`${api.url}/faults/errors`, { method: 'POST', body: '{ "on": true }' });
    expect(response.status).toBe(404);
  });

  it('of the liveness endpoint leaves everything else alone', async () => {
    await api.fault('health-failing', { on: true });
    const statuses = await Promise.all(
      ['/health', '/ready', '/schools'].map(async (path) => (await fetch(api.url + path)).status),
    );
    await api.fault('health-failing', { on: false });
    expect(statuses).toEqual([503, 200, 200]);
  });
});

describe('backup.ts', () => {
  it('writes a backup that can be restored, and the five metrics', async () => {
    const folder = await tempFolder('backup');
    stage.onClose('backup folder', () => folder.remove());
    const { code, stdout, textfile } = await runBackup(databaseUrl, folder.path);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ rows: { 'classroom.schools': 3 } });
    const written = parseExposition(textfile);
    for (const { labels } of written) expect(labels).toEqual({ service: 'api', backup: 'database' });
    expect(written.map(({ name }) => name)).toEqual([
      'backup_last_success_timestamp_seconds',
      'backup_last_run_status',
      'backup_duration_seconds',
      'backup_size_bytes',
      'backup_restore_test_timestamp_seconds',
    ]);
  });

  it('says so when it fails', async () => {
    const folder = await tempFolder('backup');
    stage.onClose('backup folder', () => folder.remove());
    const { code, textfile } = await runBackup(databaseUrl, folder.path, ['--fail']);
    expect(code).toBe(1);
    expect(parseExposition(textfile)).toContainEqual(
      expect.objectContaining({ name: 'backup_last_run_status', value: 0 }),
    );
  });
});

describe('the api without payments', () => {
  it('is ready, and its check fails', async () => {
    await payments.stop();
    const ready = async (): Promise<unknown> => {
      const response = await fetch(`${api.url}/ready`);
      return [response.status, await response.json()];
    };
    const degraded = { status: 'degraded', checks: { database: 'ok', payments: 'failed' } };
    await expect.poll(ready, { timeout: 10 * seconds }).toEqual([200, degraded]);
    const failing = (await scrape(api)).filter(({ name, value }) => name === 'health_check_status' && value === 0);
    expect(failing.map(({ labels }) => labels['check'])).toEqual(['payments']);
  });
});

describe('SIGTERM', () => {
  it('ends the services in order, by the signal', async () => {
    await Promise.all([api.stop(), payments.stop()]);
    const bySignal = { code: null, signal: 'SIGTERM' };
    expect(await Promise.all([api.exited, payments.exited])).toEqual([bySignal, bySignal]);
    for (const service of [api, payments]) {
      const logged = service.log().match(/(?<="message":")shutdown: [^"]+/g);
      expect(logged).toEqual(['shutdown: SIGTERM', expect.stringMatching(/^shutdown: done after \d+ ms$/)]);
    }
  });
});
