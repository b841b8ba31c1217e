import { spawnSync } from 'node:child_process';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { answerOf, startLoad, startShutdownProcess } from '../support/shutdown-process.ts';

const patiently = { timeout: 20_000, interval: 5 };
const inOrder = ['spans', 'pool, metrics answer 200'];

describe('gracefulShutdown() on SIGTERM', () => {
  test('loses no request of clients that a load balancer leads elsewhere', async () => {
    const running = await startShutdownProcess({ delayMillis: 1_000 });
    const load = startLoad(running.port);
    await vi.waitUntil(() => load.sent() > 200, patiently);
    running.kill('SIGTERM');
    expect(await load.failures).toEqual([]);
    expect(await running.ended).toBe('null SIGTERM');
  });

  test('answers every request that has begun, and closes connections that wait for none', async () => {
    const running = await startShutdownProcess({ delayMillis: 0 });
    const kept = new Agent({ keepAlive: true });
    const silent = connect(running.port, '127.0.0.1');
    onTestFinished(() => {
      kept.destroy();
      silent.destroy();
    });
    expect(await answerOf(running.port, '/ready', kept)).toBe('200');
    const answers = Array.from({ length: 20 }, () => answerOf(running.port, '/slow?millis=300', kept));
    await vi.waitUntil(() => running.said().filter((line) => line === 'slow begins').length === 20, patiently);
    running.kill('SIGTERM');
    expect(await Promise.all(answers)).toEqual(answers.map(() => '200'));
    expect(await running.ended).toBe('null SIGTERM');
    expect(running.logged()).toEqual(['shutdown: SIGTERM', 'shutdown: done after N ms']);
  });

  test('is not ready first, accepts during the delay, then runs the steps in order, with the metrics last', async () => {
    const running = await startShutdownProcess({ delayMillis: 1_500 });
    const slow = answerOf(running.port, '/slow?millis=2500');
    await vi.waitUntil(() => running.said().includes('slow begins'), patiently);
    running.kill('SIGTERM');
    await vi.waitUntil(async () => (await answerOf(running.port, '/ready')) === '503', patiently);
    expect([await answerOf(running.port, '/health'), await answerOf(running.port, '/else')]).toEqual(['200', '200']);
    await vi.waitUntil(async () => (await answerOf(running.port, '/else')) === 'ECONNREFUSED', patiently);
    expect(running.said()).toEqual(['slow begins']);
    expect([await slow, await running.ended]).toEqual(['200', 'null SIGTERM']);
    expect(running.said()).toEqual(['slow begins', ...inOrder]);
  });

  test('goes on after a step that hangs, and says so in one line', async () => {
    const running = await startShutdownProcess({ delayMillis: 0, stepTimeoutMillis: 2_000, hangs: true });
    running.kill('SIGTERM');
    expect([await running.ended, running.said()]).toEqual(['null SIGTERM', inOrder]);
    expect(running.logged()).toEqual([
      'shutdown: SIGTERM',
      'shutdown: step "spans" did not end within 2000 ms, goes on without',
      'shutdown: done after N ms',
    ]);
  });

  test('goes on after a step that throws, and says so in one line', async () => {
    const running = await startShutdownProcess({ delayMillis: 0, throws: true });
    running.kill('SIGTERM');
    expect([await running.ended, running.said()]).toEqual(['null SIGTERM', inOrder]);
    expect(running.logged()).toEqual([
      'shutdown: SIGTERM',
      'shutdown: step "spans" failed, goes on without: the collector is away',
      'shutdown: done after N ms',
    ]);
  });

  test('cuts event streams when requests have had their time, and only then runs the steps', async () => {
    const running = await startShutdownProcess({ delayMillis: 0, drainTimeoutMillis: 2_000 });
    const slow = answerOf(running.port, '/slow?millis=500');
    const streams = Array.from({ length: 3 }, () => answerOf(running.port, '/stream'));
    await vi.waitUntil(() => running.said().length === 4, patiently);
    running.kill('SIGTERM');
    expect([await slow, ...(await Promise.all(streams)), await running.ended]).toEqual([
      '200',
      ...streams.map(() => 'ECONNRESET'),
      'null SIGTERM',
    ]);
    expect(running.said().slice(4)).toEqual([...streams.map(() => 'stream ends'), ...inOrder]);
    expect(running.logged().slice(1)).toEqual([
      'shutdown: step "requests" did not end within 2000 ms, goes on without',
      'shutdown: cuts 3 connections',
      'shutdown: done after N ms',
    ]);
  });

  test('skips what has had no turn by the deadline', async () => {
    const running = await startShutdownProcess({ delayMillis: 0, deadlineMillis: 1_500, hangs: true });
    running.kill('SIGTERM');
    expect([await running.ended, running.said()]).toEqual(['null SIGTERM', ['spans']]);
    expect(running.logged().slice(2)).toEqual([
      'shutdown: step "pool" was skipped: the deadline has passed',
      'shutdown: step "metrics" was skipped: the deadline has passed',
      'shutdown: done after N ms',
    ]);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('is ended at once by a second signal: %s', async (second) => {
    const running = await startShutdownProcess({ delayMillis: 60_000, deadlineMillis: 90_000 });
    running.kill('SIGTERM');
    await vi.waitUntil(() => running.logged().length > 0, patiently);
    running.kill(second);
    expect([await running.ended, running.said()]).toEqual([`null ${second}`, []]);
    expect(running.logged()).toEqual(['shutdown: SIGTERM', `shutdown: ${second} again, ends at once`]);
  });

  test('works in the worker of a cluster, whose primary sees how it ended', async () => {
    const running = await startShutdownProcess({ delayMillis: 1_000, worker: true });
    const load = startLoad(running.port);
    await vi.waitUntil(() => load.sent() > 100, patiently);
    const [, pid] = /worker (\d+)/.exec(running.said().join()) ?? [];
    process.kill(Number(pid), 'SIGTERM');
    expect(await load.failures).toEqual([]);
    expect(await running.ended).toBe('0 null');
    expect(running.said().filter((line) => /^(spans|pool|worker ended)/.test(line))).toEqual([
      ...inOrder,
      'worker ended: null SIGTERM',
    ]);
  });
});

describe('gracefulShutdown() ends a process', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('by %s, also when something would keep it alive', async (signal) => {
    const running = await startShutdownProcess({ delayMillis: 0, busy: true });
    running.kill(signal);
    expect([await running.ended, running.said()]).toEqual([`null ${signal}`, inOrder]);
  });

  test.each([0, 3])('with the exit code %i when told to', async (exitCode) => {
    const running = await startShutdownProcess({ delayMillis: 0, busy: true, exitCode });
    running.kill('SIGTERM');
    expect([await running.ended, running.said()]).toEqual([`${exitCode} null`, [...inOrder, `exit event ${exitCode}`]]);
  });

  test('not at all where somebody else listens to the signal: it ends when nothing keeps it', async () => {
    const running = await startShutdownProcess({ delayMillis: 0, listener: true });
    running.kill('SIGTERM');
    expect([await running.ended, running.said()]).toEqual(['0 null', ['also told', ...inOrder, 'exit event 0']]);
  });

  test('at a second signal, though somebody else listens, as a shell would show it', async () => {
    const running = await startShutdownProcess({ delayMillis: 60_000, deadlineMillis: 90_000, listener: true });
    running.kill('SIGTERM');
    await vi.waitUntil(() => running.said().length > 0, patiently);
    running.kill('SIGTERM');
    expect(await running.ended).toBe('143 null');
  });

  test('not when called by hand: it ends when nothing keeps it', async () => {
    const running = await startShutdownProcess({ delayMillis: 0, byHand: true });
    expect([await running.ended, running.said()]).toEqual([
      '0 null',
      [...inOrder, 'outcomes: ok ok ok ok ok', 'exit event 0'],
    ]);
  });

  test('that was called by hand and kept alive, by the signal that comes then', async () => {
    const running = await startShutdownProcess({ delayMillis: 0, byHand: true, busy: true });
    await vi.waitUntil(() => running.said().length > 2, patiently);
    await sleep(100);
    running.kill('SIGTERM');
    expect([await running.ended, running.said()]).toEqual(['null SIGTERM', [...inOrder, 'outcomes: ok ok ok ok ok']]);
  });

  const inNamespace = ['unshare', '--user', '--map-root-user', '--pid', '--fork'] as const;
  const canBeFirst = spawnSync(inNamespace[0], [...inNamespace.slice(1), 'true']).status === 0;

  test.skipIf(!canBeFirst)('that is process 1 of a container, which no signal ends', async () => {
    const running = await startShutdownProcess({ delayMillis: 0, busy: true, self: true }, inNamespace);
    expect([await running.ended, running.said()]).toEqual(['143 null', [...inOrder, 'exit event 143']]);
  });
});
