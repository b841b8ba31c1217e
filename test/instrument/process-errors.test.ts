import { execFile } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type ProcessEvents, watchProcess } from '../../src/instrument/process-errors.ts';

const loader = fileURLToPath(new URL('../support/load-source.mjs', import.meta.url));
const script = fileURLToPath(new URL('fixtures/process-errors.ts', import.meta.url));

interface Outcome {
  readonly code: number;
  readonly error: string | undefined;
  readonly counted: string | undefined;
}

/** Runs the script that fails on purpose. */
function run(...words: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [loader, script, ...words], (error, stdout, stderr) => {
      resolve({
        code: error === null ? 0 : Number(error.code),
        error: /^(?:\w+Error: .*)$/m.exec(stderr)?.[0],
        counted: /counted (.*)/.exec(stdout)?.[1],
      });
    });
  });
}

const ignore = (): void => {};
const counted = (type: string): string => `application_errors_total{type="${type}",route="none",handled="false"} 1`;

describe('processErrorMetrics()', () => {
  it.each([
    [['throw'], 1, 'TypeError'],
    [['reject'], 1, 'RangeError'],
    [['throw', 'exception-listener'], 0, 'TypeError'],
    [['reject', 'early-listener'], 0, 'RangeError'],
    [['reject', 'late-listener'], 0, 'RangeError'],
    [['reject', 'once-listener'], 0, 'RangeError'],
    [['reject', 'removed-listener'], 1, 'RangeError'],
    [['reject', 'removed-all'], 1, 'RangeError'],
    [['reject', 'late-listener', 'twice'], 0, 'RangeError'],
  ])('%j: the process ends as it would have, and the error is counted once', async (words, code, type) => {
    const [without, withCounters] = await Promise.all([run(...words), run(...words, 'counted')]);
    expect(without).toEqual({ code, error: without.error, counted: undefined });
    expect({ code: withCounters.code, error: withCounters.error }).toEqual({ code, error: without.error });
    // Rendering takes a moment, which a process that dies does not have.
    expect(withCounters.counted ?? counted(type)).toBe(counted(type));
  });

  it('no longer counts once disposed of', async () => {
    expect(await run('reject', 'late-listener', 'counted', 'disposed')).toEqual({
      code: 0,
      error: undefined,
      counted: '',
    });
  });
});

describe('watchProcess()', () => {
  it('counts before a process dies, and leaves no listener behind', () => {
    const events = new EventEmitter();
    const recorded: unknown[] = [];
    const stop = watchProcess(events as unknown as ProcessEvents, {
      isFirst: () => true,
      record: (...args) => void recorded.push(args),
      failed: () => {},
    });
    events.on('unhandledRejection', () => {});
    expect(events.listenerCount('unhandledRejection')).toBe(2);
    events.emit('uncaughtExceptionMonitor', 'exception');
    events.emit('unhandledRejection', 'reason');
    expect(recorded).toEqual([
      ['exception', 'none', false],
      ['reason', 'none', false],
    ]);
    stop();
    expect(events.eventNames().map((name) => [name, events.listenerCount(name)])).toEqual([['unhandledRejection', 1]]);
  });

  it('is the only listener of unhandled rejections never', () => {
    const events = new EventEmitter();
    watchProcess(events as unknown as ProcessEvents, { isFirst: () => true, record: () => {}, failed: () => {} });
    expect(events.listenerCount('unhandledRejection')).toBe(0);
    events.on('unhandledRejection', ignore);
    events.off('unhandledRejection', ignore);
    expect(events.listenerCount('unhandledRejection')).toBe(0);
  });
});
