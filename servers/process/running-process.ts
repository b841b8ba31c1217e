/** A handle on a child process: its log, its end, and the faults a drill can put it through. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepUntilExit, release } from './live.ts';
import type { ProcessLog } from './process-log.ts';
import { isAlive, processTree, signalEach } from './process-tree.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  /** What it has written to standard output and standard error; of a long log the newest part. */
  log(): string;
  /** False from the moment it has ended. */
  readonly isRunning: boolean;
  /** Settles when it has ended, however it ended; never rejects. */
  readonly exited: Promise<Exit>;
  /** Asks it to end, kills it after the grace period, and waits until it has ended. Can be called twice. */
  stop(): Promise<void>;
  /** Kills it and its children (SIGKILL), as a crash would, and waits until it has ended. */
  kill(): Promise<void>;
  /** Freezes it and its children (SIGSTOP): its ports stay open, nothing answers. */
  pause(): void;
  resume(): void;
}

export interface StopOptions {
  /** What asks it to end. @default 'SIGTERM' */
  readonly stopSignal?: NodeJS.Signals;
  /** How long `stop()` waits before it kills, in milliseconds. @default 10000 */
  readonly graceMillis?: number;
}

/** How long after its end a process's output is waited for: a grandchild may hold the pipe open. */
const outputMillis = 2000;

/** Takes charge of a child that was spawned `detached`, so that it leads a process group. */
export function runningProcess(
  name: string,
  child: ChildProcess,
  log: ProcessLog,
  options: StopOptions = {},
): RunningProcess {
  const pid = child.pid ?? 0;
  const frozen = new Set<number>();
  let hasEnded = child.pid === undefined;
  if (!hasEnded) keepUntilExit('process', `-${pid}`);

  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      log.add(`${error.message}\n`);
      if (child.pid === undefined) resolve({ code: null, signal: null });
    });
    child.once('exit', (code, signal) => {
      hasEnded = true;
      thaw();
      signalEach([-pid], 'SIGKILL');
      release('process', `-${pid}`);
      setTimeout(() => resolve({ code, signal }), outputMillis).unref();
    });
    child.once('close', (code, signal) => resolve({ code, signal }));
  });

  const kill = async (): Promise<void> => {
    const tree = hasEnded ? [] : processTree(pid);
    signalEach(tree, 'SIGKILL');
    await exited;
    // The children end by themselves, a moment before or after.
    const deadline = Date.now() + outputMillis;
    while (tree.some(isAlive) && Date.now() < deadline) await sleep(5);
  };
  /** A frozen child does not notice that its parent is gone, so each has to be looked after while it is frozen. */
  const pause = (): void => {
    if (hasEnded) return;
    // The parent first: what it forks before it stops shows up in the second look.
    signalEach([pid], 'SIGSTOP');
    for (const each of processTree(pid)) frozen.add(each);
    signalEach([...frozen], 'SIGSTOP');
    for (const each of frozen) keepUntilExit('process', String(each));
  };
  function thaw(): void {
    signalEach([...frozen].reverse(), 'SIGCONT');
    for (const each of frozen) release('process', String(each));
    frozen.clear();
  }
  const stop = async (): Promise<void> => {
    if (hasEnded) return void (await exited);
    signalEach([pid], options.stopSignal ?? 'SIGTERM');
    thaw();
    const timer = new AbortController();
    const grace = sleep(options.graceMillis ?? 10_000, 'late', { signal: timer.signal }).catch(() => 'in time');
    const isLate = (await Promise.race([exited, grace])) === 'late';
    timer.abort();
    if (isLate) await kill();
  };
  return {
    name,
    pid,
    get isRunning() {
      return !hasEnded;
    },
    log: () => log.text(),
    exited,
    stop,
    kill,
    pause,
    resume: thaw,
  };
}
