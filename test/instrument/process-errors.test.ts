import { execFile } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type ProcessEvents, watchProcess } from '../../src/instrument/errors/process-errors-watch.ts';
import { processErrorMetrics } from '../../src/instrument/errors/process-errors.ts';

const loader = fileURLToPath(new URL('../support/load-source.mjs', import.meta.url));
const script = fileURLToPath(new URL('fixtures/process-errors.ts', import.meta.url));

interface Outcome {
  readonly code: number;
  readonly signal: string | undefined;
  /** All that it wrote. */
  readonly output: string;
  readonly errors: string;
}

interface CountedOutcome extends Outcome {
  readonly counted: readonly string[];
}

const ignore = (): void => {};
const isCount = (line: string): boolean => line.startsWith('counted ');

/** Runs the script that fails on purpose. */
function run(words: readonly string[], flags: readonly string[] = []): Promise<CountedOutcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...flags, loader, script, ...words], (error, stdout, stderr) => {
      const lines = stdout.split('\n');
      resolve({
        code: error === null ? 0 : Number(error.code),
        signal: error?.signal ?? undefined,
        output: lines.filter((line) => !isCount(line)).join('\n'),
        // Ids of processes, and the line of Node's emit(), which differs by how many listeners there are.
        errors: stderr.replaceAll(/\(node:\d+\)/g, '(node)').replaceAll(/node:events:\d+:\d+/g, 'node:events'),
        counted: lines.filter(isCount).map((line) => line.slice('counted '.length)),
      });
    });
  });
}

/** What becomes of the process without our counters, and with them. */
async function sideBySide(words: string, flags: readonly string[] = []) {
  const list = words.split(' ');
  const [{ counted: none, ...bare }, { counted, ...watched }] = await Promise.all([
    run(list, flags),
    run([...list, 'counted'], flags),
  ]);
  expect(none).toEqual([]);
  return { bare, watched, counted };
}

describe('processErrorMetrics()', () => {
  it.each([
    ['throw', 1, 'TypeError none 1'],
    ['throw text', 1, 'NonError none 1'],
    ['throw nothing', 1, 'NonError none 1'],
    ['throw frozen', 1, 'TypeError none 1'],
    ['throw hostile', 1, 'NonError none 1'],
    ['throw exception-listener', 0, 'TypeError none 1'],
    ['throw exception-listener twice', 0, 'TypeError none 2'],
    ['throw exiting-listener', 7, 'TypeError none 1'],
    ['throw capture-callback', 0, 'TypeError none 1'],
    ['throw exit-code', 9, 'TypeError none 1'],
    ['reject', 1, 'TypeError none 1'],
    ['reject text', 1, 'NonError none 1'],
    ['reject nothing', 1, 'NonError none 1'],
    ['reject hostile', 1, 'NonError none 1'],
    ['reject exception-listener', 0, 'TypeError none 1'],
    ['reject early-listener', 0, 'TypeError none 1'],
    ['reject late-listener', 0, 'TypeError none 1'],
    ['reject late-listener twice', 0, 'TypeError none 2'],
    ['reject once-listener', 0, 'TypeError none 1'],
    ['reject once-listener twice', 1, 'TypeError none 2'],
    ['reject removed-listener', 1, 'TypeError none 1'],
    ['reject removed-all', 1, 'TypeError none 1'],
    ['reject added-again', 0, 'TypeError none 1'],
    ['reject late-listener exception-listener', 0, 'TypeError none 1'],
    ['reject throwing-listener', 1, 'TypeError none 1, SyntaxError none 1'],
    ['reject throwing-listener exception-listener twice at-once', 0, 'TypeError none 2, SyntaxError none 2'],
    ['reject late-listener counted-twice', 0, 'TypeError none 1'],
  ])('"%s": the process ends as it would have, with %i, and all is counted once', async (words, code, expected) => {
    const { bare, watched, counted } = await sideBySide(words);
    expect(watched).toEqual(bare);
    expect(watched.code).toBe(code);
    expect(counted).toEqual([expected]);
  });

  it.each([
    ['reject', 1],
    ['reject late-listener', 0],
    ['reject removed-listener', 1],
    ['reject once-listener twice', 1],
  ])('"%s": nor do the counters of two registries keep each other in place', async (words, code) => {
    const { bare, watched, counted } = await sideBySide(`${words} two-registries`);
    expect(watched).toEqual(bare);
    expect(watched.code).toBe(code);
    expect(counted).toHaveLength(2);
    expect(counted[0]).toBe(counted[1]);
  });

  it.each([
    ['throw', 'reject', 1, ['TypeError none 1']],
    ['throw', 'reject late-listener', 0, ['TypeError none 1']],
    ['strict', 'reject', 1, ['TypeError none 1']],
    ['strict', 'reject late-listener', 1, ['TypeError none 1']],
    ['strict', 'reject exception-listener', 0, ['TypeError none 1']],
    ['strict', 'reject late-listener exception-listener', 0, ['TypeError none 1']],
    ['strict', 'reject late-listener exception-listener twice', 0, ['TypeError none 2']],
    ['strict', 'reject text late-listener exception-listener', 0, ['NonError none 1']],
    ['warn', 'reject', 0, ['TypeError none 1']],
    ['warn', 'reject late-listener', 0, ['TypeError none 1']],
    ['warn', 'reject removed-listener', 0, ['TypeError none 1']],
    ['warn', 'throw', 1, ['TypeError none 1']],
    ['none', 'reject', 0, ['TypeError none 1']],
    ['none', 'reject late-listener', 0, ['TypeError none 1']],
    ['warn-with-error-code', 'reject', 1, ['']],
    ['warn-with-error-code', 'reject late-listener', 0, ['TypeError none 1']],
  ])('under --unhandled-rejections=%s, "%s" ends with %i as without', async (mode, words, code, expected) => {
    const { bare, watched, counted } = await sideBySide(words, [`--unhandled-rejections=${mode}`]);
    expect(watched).toEqual(bare);
    expect(watched.code).toBe(code);
    expect(counted).toEqual(expected);
  });

  it.each([
    ['--unhandled-rejections', 'warn'],
    ['--unhandled_rejections=warn'],
    ['--unhandled-rejections=throw', '--unhandled-rejections=none'],
  ])('understands %s %s', async (...flags) => {
    const { bare, watched, counted } = await sideBySide('reject', flags);
    expect(watched).toEqual(bare);
    expect(counted).toEqual(['TypeError none 1']);
  });

  it('lets a process die whose last word is throw', async () => {
    const flags = ['--unhandled-rejections=warn', '--unhandled_rejections=throw'];
    const { bare, watched } = await sideBySide('reject', flags);
    expect(watched).toEqual(bare);
    expect(watched.code).toBe(1);
  });

  it.each([
    ['throw', 1],
    ['reject', 1],
    ['reject late-listener', 0],
    ['throw exception-listener', 0],
  ])('in a worker thread, "%s" ends the thread as without', async (words, code) => {
    const { bare, watched, counted } = await sideBySide(`${words} worker`);
    expect(watched).toEqual(bare);
    expect(watched.output).toContain(`the thread ended with ${code}`);
    expect(counted).toEqual(['TypeError none 1']);
  });

  it('leaves the process alone once an application has removed every listener', async () => {
    const { bare, watched, counted } = await sideBySide('reject removed-everything');
    expect(watched).toEqual(bare);
    expect(counted).toEqual(['']);
  });

  it('no longer counts once disposed of', async () => {
    const { watched, counted } = await sideBySide('reject late-listener disposed');
    expect(watched.code).toBe(0);
    expect(counted).toEqual(['']);
  });

  it('refuses options that do not exist', () => {
    expect(() => processErrorMetrics({ exit: true } as never)).toThrow(
      'Cannot use processErrorMetrics(): option "exit" does not exist',
    );
  });
});

function emitter(): EventEmitter & ProcessEvents {
  return Object.assign(new EventEmitter(), { execArgv: [] }) as unknown as EventEmitter & ProcessEvents;
}

describe('watchProcess()', () => {
  it('leaves no listener behind', () => {
    const events = emitter();
    const stop = watchProcess(events, () => {});
    events.on('unhandledRejection', ignore);
    expect(events.listenerCount('unhandledRejection')).toBe(2);
    stop();
    expect(events.eventNames().map((name) => [name, events.listenerCount(name)])).toEqual([['unhandledRejection', 1]]);
  });

  it('is the only listener of unhandled rejections never', () => {
    const events = emitter();
    watchProcess(events, () => {});
    watchProcess(events, () => {});
    expect(events.listenerCount('unhandledRejection')).toBe(0);
    events.on('unhandledRejection', ignore);
    expect(events.listenerCount('unhandledRejection')).toBe(3);
    events.off('unhandledRejection', ignore);
    expect(events.listenerCount('unhandledRejection')).toBe(0);
  });
});
