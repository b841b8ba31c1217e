/** Listens to the signals that ask a process to end, and ends it as they would have. */
import { constants } from 'node:os';

/** The signal, and the how-many-eth of all it is. */
export type OnSignal = (signal: NodeJS.Signals, count: number) => void;

export function watchSignals(signals: readonly NodeJS.Signals[], onSignal: OnSignal): () => void {
  let count = 0;
  const listener = (signal: NodeJS.Signals): void => {
    count += 1;
    onSignal(signal, count);
  };
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.removeListener(signal, listener);
  };
}

/** Ends the process as the signal would have. Others who listen to it were told, and decide for themselves. */
export function endBy(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) === 0) endNow(signal);
}

/** Ends the process, whoever else listens. */
export function endNow(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  // Somebody else listens, or this is process 1 of a container, to which the kernel delivers no signal without a listener.
  if (process.listenerCount(signal) > 0 || process.pid === 1) process.exit(128 + constants.signals[signal]);
}
