import { createServer } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { HealthCheck } from '../../src/instrument/health/check.ts';
import { httpCheck } from '../../src/instrument/health/check-http.ts';
import { postgresCheck } from '../../src/instrument/health/check-postgres.ts';
import { redisCheck } from '../../src/instrument/health/check-redis.ts';
import { checkRunner, type RunChecks } from '../../src/instrument/health/checks.ts';
import { startServer } from '../support/express-server.ts';

afterEach(() => void vi.useRealTimers());

const noop = (): void => {};

function runnerOf(check: HealthCheck): RunChecks {
  return checkRunner({ checks: { check }, timeoutMillis: 1_000, cacheMillis: 1, onResult: noop }).run;
}

describe('checkRunner()', () => {
  test('gives a call up as lost after a minute, and makes another', async () => {
    vi.useFakeTimers();
    let calls = 0;
    const run = runnerOf(() => {
      calls += 1;
      return new Promise(noop);
    });
    const counts: number[] = [];
    for (let second = 0; second < 130; second += 10) {
      const results = run();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await results).toMatchObject([{ status: 'timeout' }]);
      counts.push(calls);
    }
    expect(counts).toEqual([1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
  });

  test('says at once of a call that hangs longer than the timeout that it does, and for how long', async () => {
    vi.useFakeTimers();
    const run = runnerOf(() => new Promise(noop));
    const first = run();
    await vi.advanceTimersByTimeAsync(5_000);
    const [results, again] = [await first, await run()];
    expect([results, again]).toEqual([
      [{ check: 'check', status: 'timeout', critical: true, seconds: 1 }],
      [{ check: 'check', status: 'timeout', critical: true, seconds: 5 }],
    ]);
  });

  test('waits no longer than the timeout of a call for a run that joins it', async () => {
    vi.useFakeTimers();
    const { run } = checkRunner({
      checks: { quick: noop, slow: { check: () => new Promise(noop), timeoutMillis: 4_000 } },
      timeoutMillis: 1_000,
      cacheMillis: 1,
      onResult: noop,
    });
    let ended = 0;
    void run().then(() => (ended += 1));
    await vi.advanceTimersByTimeAsync(3_999);
    const early = ended;
    await vi.advanceTimersByTimeAsync(1);
    expect([early, ended]).toEqual([0, 1]);
  });

  test('aborts what is running when it is stopped, and leaves no timer', async () => {
    vi.useFakeTimers();
    const aborted: boolean[] = [];
    const { run, stop } = checkRunner({
      checks: {
        hangs: ({ signal }) =>
          new Promise(() => {
            signal.addEventListener('abort', () => aborted.push(signal.aborted));
          }),
      },
      timeoutMillis: 1_000,
      cacheMillis: 1,
      onResult: noop,
    });
    const results = run();
    const before = vi.getTimerCount();
    stop();
    expect(await results).toMatchObject([{ status: 'timeout' }]);
    expect([before, vi.getTimerCount(), aborted]).toEqual([1, 0, [true]]);
  });

  test('leaves no timer behind', async () => {
    vi.useFakeTimers();
    const results = await runnerOf(noop)();
    expect([results.map(({ status }) => status), vi.getTimerCount()]).toEqual([['ok'], 0]);
  });
});

describe('httpCheck()', () => {
  test.each([
    ['/ok', 'ok'],
    ['/elsewhere', 'ok'],
    ['/broken', 'failed'],
    ['/missing', 'failed'],
    ['/locked', 'failed'],
  ])('of a service that answers %s: %s', async (path, status) => {
    const server = await startServer((request, response) => {
      const locked = request.url === '/locked' && request.headers.authorization !== 'Bearer key';
      if (request.url === '/elsewhere') return void response.writeHead(302, { location: '/ok' }).end();
      const codes = { '/ok': 200, '/broken': 500, '/missing': 404 } as const;
      response.writeHead(locked ? 401 : (codes[request.url as keyof typeof codes] ?? 200)).end('x'.repeat(100_000));
    });
    expect(await runnerOf(httpCheck(`http://127.0.0.1:${server.port}${path}`))()).toMatchObject([{ status }]);
    await server.close();
  });

  test('sends the headers that it was given', async () => {
    const server = await startServer((request, response) => {
      response.writeHead(request.headers.authorization === 'Bearer key' ? 200 : 401).end();
    });
    const check = httpCheck(new URL(`http://127.0.0.1:${server.port}`), { headers: { authorization: 'Bearer key' } });
    expect(await runnerOf(check)()).toMatchObject([{ status: 'ok' }]);
    await server.close();
  });

  test('aborts the request at the timeout', async () => {
    const server = createServer();
    const aborted = new Promise((resolve) => {
      server.on('request', (_request, response) => response.once('close', () => resolve(response.writableFinished)));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as { readonly port: number };
    expect(await runnerOf(httpCheck(`http://127.0.0.1:${port}`))()).toMatchObject([{ status: 'timeout' }]);
    expect(await aborted).toBe(false);
    server.close();
  });
});

describe('a check', () => {
  test.each([
    [
      'no URL',
      () => httpCheck('postgres://user:geheim@db/x'),
      'Cannot use httpCheck(): the URL must be one of http or https',
    ],
    [
      'no headers',
      () => httpCheck('http://a', { headers: { a: 1 } as never }),
      'Cannot use httpCheck(): option "headers" must be an object of texts, got an object',
    ],
    [
      'no pool',
      () => postgresCheck({} as never),
      'Cannot check this object as PostgreSQL: it has no query() and connect()',
    ],
    ['no client', () => redisCheck({} as never), 'Cannot check this object as a Redis client: it has no ping()'],
  ])('refuses %s', (_what, create, message) => {
    expect(create).toThrow(expect.objectContaining({ code: 'TELLTALE_OPTION', message }));
  });
});
