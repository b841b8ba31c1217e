import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startPostgres } from '../../servers/postgres.ts';
import { createStage, type Stage } from '../../servers/process/stage.ts';
import { type ExampleService, startExampleService } from '../examples/example-services.ts';
import { type RequestPlan, send } from '../support/express-server.ts';

type Line = Readonly<Record<string, unknown>>;

const secret = 's3cr3t';
const traceId = 'abcdef0123456789'.repeat(2);
const preload = fileURLToPath(new URL('../support/trace-requests.mjs', import.meta.url));

let stage: Stage;
let services: Readonly<Record<'api' | 'payments', ExampleService>>;

beforeAll(async () => {
  stage = createStage();
  const postgres = await stage.use(startPostgres());
  const env = {
    DATABASE_URL: postgres.url,
    ADMIN_PORT: '0',
    PAYMENTS_KEY: secret,
    NODE_OPTIONS: `--import ${preload}`,
  };
  const payments = await stage.use(startExampleService('payments', env));
  services = { payments, api: await stage.use(startExampleService('api', { ...env, PAYMENTS_URL: payments.url })) };
});

afterAll(() => stage.close());

/** Lines of requests, and lines of handlers that belong to one. */
function linesOf(service: ExampleService): readonly Line[] {
  return service
    .log()
    .split('\n')
    .filter((line) => line.startsWith('{"level"'))
    .map((line) => JSON.parse(line) as Line)
    .filter((line) => line['trace_id'] === traceId);
}

interface Hostile extends Partial<RequestPlan> {
  readonly name: 'api' | 'payments';
  readonly path: string;
}

/** A request with a secret wherever a client can put one, and the lines that come of it. */
async function linesAfter({ name, ...plan }: Hostile, count = 1): Promise<readonly Line[]> {
  const service = services[name];
  const before = linesOf(service).length;
  await send(Number(new URL(service.url).port), {
    ...plan,
    path: `${plan.path}?token=${secret}&access_token=${secret}`,
    headers: {
      traceparent: `00-${traceId}-0123456789abcdef-01`,
      authorization: `Bearer ${secret}`,
      cookie: `session=${secret}`,
      referer: `https://ann:${secret}@example.org/?token=${secret}`,
      'x-api-key': secret,
      'content-type': 'application/json',
    },
  });
  await vi.waitUntil(() => linesOf(service).length >= before + count, { timeout: 10_000 });
  return linesOf(service).slice(before);
}

const ids = { trace_id: traceId, span_id: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown, trace_flags: '01' };
const own = {
  time: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
  request_id: expect.any(Number) as unknown,
  duration_ms: expect.any(Number) as unknown,
  ...ids,
};
const info = { level: 'info', message: 'request', ...own };

describe('the log of the example services', () => {
  it.each<[Hostile, Line]>([
    [
      { name: 'api', path: '/schools' },
      { method: 'GET', route: '/schools', status: 200 },
    ],
    [
      { name: 'api', path: `http://ann:${secret}@example.org/schools` },
      { method: 'GET', route: '/schools', status: 200 },
    ],
    [
      { name: 'api', path: `/${secret}` },
      { method: 'GET', route: 'unmatched', status: 404 },
    ],
    [
      { name: 'api', path: '/assignments' },
      { method: 'GET', route: '/assignments', status: 401, error_type: 'HttpError' },
    ],
    [
      { name: 'api', path: '/sessions', method: 'POST', body: JSON.stringify({ email: secret, password: secret }) },
      { method: 'POST', route: '/sessions', status: 401, error_type: 'HttpError' },
    ],
    [
      { name: 'api', path: '/sessions', method: 'POST', body: `{ "${secret}` },
      { method: 'POST', route: 'unmatched', status: 400, error_type: 'SyntaxError' },
    ],
    [
      { name: 'payments', path: `/payments/${secret}` },
      { method: 'GET', route: '/payments/:paymentId', status: 404, error_type: 'HttpError' },
    ],
  ])('has one line for a request, by route and without its secrets: %j', async (request, expected) => {
    expect(await linesAfter(request)).toEqual([{ ...info, ...expected }]);
  });

  it('has a second line for an error of ours, with its stack and the ids of its request', async () => {
    await services.api.fault('errors', { on: true, share: 1 });
    const [thrown, request] = await linesAfter({ name: 'api', path: '/schools' }, 2);
    await services.api.fault('errors', { on: false });
    const { duration_ms: _none, ...ownOfHandler } = own;
    const type = expect.stringMatching(/^(?:SimulatedError|TypeError)$/) as unknown;
    const err = { type, message: expect.stringMatching(/^Simulated/) as unknown, stack: expect.any(String) as unknown };
    expect(thrown).toEqual({ ...ownOfHandler, level: 'error', message: 'request failed', err });
    const outcome = { level: 'error', method: 'GET', route: '/schools', status: 500, error_type: type };
    const ofBoth = { request_id: thrown?.['request_id'], span_id: thrown?.['span_id'] };
    expect(request).toEqual({ ...info, ...outcome, ...ofBoth });
  });

  it('has a line for a client that goes away before any answer', async () => {
    await services.api.fault('slow-handler', { on: true, millis: 200, share: 1 });
    const lines = await linesAfter({ name: 'api', path: '/schools', abort: 'before_headers' });
    await services.api.fault('slow-handler', { on: false });
    const outcome = { method: 'GET', route: '/schools', status: 499, aborted: 'before_headers' };
    expect(lines).toEqual([{ ...info, ...outcome }]);
  });

  it('has no line for a probe or a scrape', async () => {
    for (const path of ['/health', '/ready', '/metrics']) {
      expect(await linesAfter({ name: 'api', path }, 0)).toEqual([]);
    }
    expect(await linesAfter({ name: 'api', path: '/schools' })).toEqual([
      { ...info, method: 'GET', route: '/schools', status: 200 },
    ]);
  });

  it('has no secret anywhere', () => {
    for (const service of Object.values(services)) expect(service.log()).not.toContain(secret);
  });
});
