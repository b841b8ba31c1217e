/**
 * What this process has started and must not leave behind: processes and temporary folders.
 *
 * This is the one place in `servers/` with state of its own: the list has to be reachable from the hooks that run when
 * the process ends. A signal the program handles itself is left to it; otherwise the processes are killed and the signal is
 * raised again, so that the exit status is what it would have been.
 */
import { rmSync } from 'node:fs';
import { startWatchdog, type Kept, type Watchdog } from './watchdog.ts';

const kept: Readonly<Record<Kept, Set<string>>> = { process: new Set(), folder: new Set() };
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let watchdog: Watchdog | undefined;

/** From now on, this process (or group, or folder) does not outlive this process. */
export function keepUntilExit(kind: Kept, value: string): void {
  if (watchdog === undefined) {
    watchdog = startWatchdog();
    process.once('exit', dropEverything);
    for (const signal of signals) process.once(signal, () => passOn(signal));
  }
  kept[kind].add(value);
  watchdog.tell('+', kind, value);
}

/** It is gone, or has been taken care of. */
export function release(kind: Kept, value: string): void {
  kept[kind].delete(value);
  watchdog?.tell('-', kind, value);
}

function passOn(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 0) return;
  dropEverything();
  process.kill(process.pid, signal);
}

/** Only what can be done at once; the watchdog does the rest when it sees this process gone. */
function dropEverything(): void {
  for (const id of kept.process) {
    try {
      process.kill(Number(id), 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
  for (const folder of kept.folder) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Something still writes there: the watchdog removes it a moment later.
    }
  }
}
