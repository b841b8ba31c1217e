import { EventEmitter, once } from 'node:events';
import { createServer, get, type RequestListener } from 'node:http';
import { createSecureServer, connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { createServer as createHttpsServer, get as getHttps } from 'node:https';
import { type AddressInfo, connect, createServer as createNetServer, type Server as NetServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { gracefulShutdown, type GracefulShutdownOptions } from '../../src/instrument/shutdown/shutdown.ts';
import { selfSigned } from '../support/certificate.ts';

const hang = (): Promise<void> => new Promise(() => {});
const options: GracefulShutdownOptions = { signals: [], delayMillis: 0 };

async function listening<S extends NetServer>(server: S): Promise<S & { readonly port: number }> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return Object.assign(server, { port: (server.address() as AddressInfo).port });
}

/** Collects what is logged, times left out. */
function logInto(lines: string[]): (line: string) => void {
  return (line) => void lines.push(line.replace(/\d+ ms$/, 'N ms'));
}

/** A handler that answers when it is told to, and says when it was asked. */
function heldAnswer(): {
  readonly listener: RequestListener;
  readonly asked: Promise<unknown>;
  readonly answer: () => void;
} {
  const events = new EventEmitter();
  const asked = once(events, 'asked');
  const told = once(events, 'answer');
  const listener: RequestListener = (_request, response) => {
    events.emit('asked');
    void told.then(() => response.end('done'));
  };
  return { listener, asked, answer: () => void events.emit('answer') };
}

describe('shutDown()', () => {
  test('tells every step apart: ok, failed, timeout', async () => {
    const lines: string[] = [];
    const order: string[] = [];
    const aborted: boolean[] = [];
    const shutdown = gracefulShutdown({
      ...options,
      health: { draining: () => void order.push('draining') },
      log: logInto(lines),
      steps: {
        spans: async () => void order.push('spans'),
        throws: () => {
          throw new Error('no\n  way');
        },
        rejects: () => Promise.reject(new Error('gone')),
        hangs: {
          timeoutMillis: 20,
          run: ({ signal }) => {
            signal.addEventListener('abort', () => aborted.push(true));
            return hang();
          },
        },
        pool: () => order.push('pool'),
      },
      metrics: { close: () => void order.push('metrics') },
    });
    const [report, again] = await Promise.all([shutdown.shutDown(), shutdown.shutDown()]);
    expect(again).toBe(report);
    expect(report.steps.map(({ step, outcome }) => `${step}: ${outcome}`)).toEqual([
      'not ready: ok',
      'spans: ok',
      'throws: failed',
      'rejects: failed',
      'hangs: timeout',
      'pool: ok',
      'metrics: ok',
    ]);
    expect([order, aborted]).toEqual([['draining', 'spans', 'pool', 'metrics'], [true]]);
    expect(lines).toEqual([
      'shutdown: called',
      'shutdown: step "throws" failed, goes on without: no way',
      'shutdown: step "rejects" failed, goes on without: gone',
      'shutdown: step "hangs" did not end within 20 ms, goes on without',
      'shutdown: done after N ms',
    ]);
  });

  test('is not kept from its steps by a log that throws', async () => {
    const shutdown = gracefulShutdown({
      ...options,
      log: () => {
        throw new Error('closed');
      },
      steps: { pool: () => {} },
    });
    expect((await shutdown.shutDown()).steps).toContainEqual({ step: 'pool', outcome: 'ok' });
  });

  test('takes an option that is undefined for one that was left out', async () => {
    const absent: object = { stepTimeoutMillis: undefined };
    const steps = { pool: () => sleep(50) };
    const shutdown = gracefulShutdown({ ...options, ...absent, steps, log: () => {} });
    expect((await shutdown.shutDown()).steps).toContainEqual({ step: 'pool', outcome: 'ok' });
  });

  test('is content with a server that does not listen', async () => {
    const shutdown = gracefulShutdown({ ...options, servers: [createServer()], log: () => {} });
    expect((await shutdown.shutDown()).steps).toEqual([
      { step: 'not ready', outcome: 'ok' },
      { step: 'requests', outcome: 'ok' },
    ]);
  });

  test('says "Connection: close" on running and on further answers, before it stops accepting', async () => {
    const held = heldAnswer();
    const server = await listening(createServer(held.listener));
    const shutdown = gracefulShutdown({ ...options, delayMillis: 1_000, servers: [server], log: () => {} });
    const connectionOf = (): Promise<string | undefined> =>
      new Promise((resolve, reject) => {
        get({ port: server.port, host: '127.0.0.1', headers: { connection: 'keep-alive' } }, (response) => {
          response.resume();
          resolve(response.headers.connection);
        }).on('error', reject);
      });
    const running = connectionOf();
    await held.asked;
    const down = shutdown.shutDown();
    const further = connectionOf();
    held.answer();
    expect(await Promise.all([running, further])).toEqual(['close', 'close']);
    expect((await down).steps.at(-1)).toEqual({ step: 'requests', outcome: 'ok' });
  });

  test.each<[string, () => NetServer]>([
    ['a stream that never ends', () => createServer((_request, response) => void response.write('data: 1\n\n'))],
    [
      'an upgraded connection',
      () =>
        createServer().on('upgrade', (_request, socket) => {
          socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
        }),
    ],
    ['a connection of a plain server', () => createNetServer((socket) => void socket.write('hello'))],
  ])('cuts %s at the timeout', async (_what, create) => {
    const lines: string[] = [];
    const server = await listening(create());
    const shutdown = gracefulShutdown({
      ...options,
      servers: [server],
      drainTimeoutMillis: 50,
      log: logInto(lines),
    });
    const socket = connect(server.port, '127.0.0.1');
    const closed = new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
    });
    socket.on('error', () => {});
    const served = new Promise((resolve) => {
      socket.once('data', resolve);
    });
    socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n');
    await served;
    expect((await shutdown.shutDown()).steps.at(-1)).toEqual({ step: 'requests', outcome: 'timeout' });
    await closed;
    expect(lines.slice(1, 3)).toEqual([
      'shutdown: step "requests" did not end within 50 ms, goes on without',
      'shutdown: cuts 1 connections',
    ]);
  });

  test('takes no client of a plain server for one that has nothing to say', async () => {
    const server = await listening(createNetServer((socket) => void socket.write('hello')));
    const drainTimeoutMillis = 1_500;
    const shutdown = gracefulShutdown({ ...options, servers: [server], drainTimeoutMillis, log: () => {} });
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'data');
    expect((await shutdown.shutDown()).steps.at(-1)).toEqual({ step: 'requests', outcome: 'timeout' });
    socket.destroy();
  });

  test('answers a running request over TLS that takes longer than silence may', async () => {
    const { key, cert } = await selfSigned();
    const held = heldAnswer();
    const server = await listening(createHttpsServer({ key, cert }, held.listener));
    const shutdown = gracefulShutdown({ ...options, servers: [server], log: () => {} });
    const status = new Promise((resolve, reject) => {
      const url = { host: '127.0.0.1', port: server.port, rejectUnauthorized: false, agent: false as const };
      getHttps(url, (response) => resolve([response.resume().statusCode, response.headers.connection])).on(
        'error',
        reject,
      );
    });
    await held.asked;
    const down = shutdown.shutDown();
    setTimeout(held.answer, 1_300);
    expect(await status).toEqual([200, 'close']);
    expect((await down).steps.at(-1)).toEqual({ step: 'requests', outcome: 'ok' });
  });

  test.each(['http', 'https'] as const)('lets streams of HTTP/2 end, and then their session: %s', async (scheme) => {
    const { key, cert } = await selfSigned();
    const held = heldAnswer();
    const listener = held.listener as never;
    const server = await listening(
      scheme === 'http' ? createHttp2Server(listener) : createSecureServer({ key, cert }, listener),
    );
    const shutdown = gracefulShutdown({ ...options, servers: [server], log: () => {} });
    const session = connectHttp2(`${scheme}://127.0.0.1:${server.port}`, { rejectUnauthorized: false });
    const status = new Promise((resolve, reject) => {
      const stream = session.request({ ':path': '/' });
      stream.on('response', (headers) => resolve(headers[':status']));
      stream.on('error', reject);
      stream.resume().end();
    });
    await held.asked;
    const down = shutdown.shutDown();
    setTimeout(held.answer, 1_300);
    expect(await status).toBe(200);
    expect((await down).steps.at(-1)).toEqual({ step: 'requests', outcome: 'ok' });
    await vi.waitUntil(() => session.closed);
  });
});

describe('gracefulShutdown()', () => {
  test('leaves no listener behind once disposed of', () => {
    const server = createServer();
    const names = ['SIGTERM', 'SIGINT'] as const;
    const before = [server.eventNames(), names.map((name) => process.listenerCount(name))];
    const shutdown = gracefulShutdown({ servers: [server] });
    expect(names.map((name) => process.listenerCount(name))).not.toEqual(before[1]);
    shutdown.dispose();
    expect([server.eventNames(), names.map((name) => process.listenerCount(name))]).toEqual(before);
  });

  const ofTimeouts = 'must be a positive number of milliseconds, at most 2147483647';
  const ofSteps =
    'option "steps" must be an object of functions or { run, timeoutMillis }, none of them called by a number, as those lose their order, got an object';

  test.each<[object, string]>([
    [{ delayMillis: -1 }, 'option "delayMillis" must be a number of milliseconds, 0 to 2147483647, got -1'],
    [{ deadlineMillis: 1e10 }, `option "deadlineMillis" ${ofTimeouts}, got 10000000000`],
    [{ drainTimeoutMillis: 0 }, `option "drainTimeoutMillis" ${ofTimeouts}, got 0`],
    [{ steps: { pool: { run: hang, timeoutMillis: 1e10 } } }, ofSteps],
    [{ servers: [1] }, 'option "servers" must be an array of servers, got an object'],
    [{ health: {} }, 'option "health" must be an object with draining(), got an object'],
    [{ metrics: 1 }, 'option "metrics" must be an object with close(), got 1'],
    [
      { signals: ['SIGKILL'] },
      'option "signals" must be an array of signals that can be listened to, such as "SIGTERM", got an object',
    ],
    [{ exitCode: 256 }, 'option "exitCode" must be a whole number, 0 to 255, got 256'],
    [{ delayMillis: 25_000 }, 'option "delayMillis" must be less than "deadlineMillis", got 25000 and 25000'],
    [{ deadlineMillis: 4_000 }, 'option "delayMillis" must be less than "deadlineMillis", got 5000 and 4000'],
    [{ steps: { 1: hang } }, ofSteps],
    [{ steps: { pool: {} } }, ofSteps],
    [{ steps: { pool: { run: hang, timeout: 1 } } }, ofSteps],
  ])('refuses %j', (wrong, problem) => {
    expect(() => gracefulShutdown(wrong as GracefulShutdownOptions)).toThrow(
      expect.objectContaining({ code: 'TELLTALE_OPTION', message: `Cannot use gracefulShutdown(): ${problem}` }),
    );
  });
});
