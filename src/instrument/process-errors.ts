/** processErrorMetrics(): uncaught exceptions and unhandled rejections, counted without changing what becomes of them. */
import type { RecorderOptions } from './from-catalog.ts';
import { acquireErrorRecorder, type ErrorRecorder, noRoute } from './errors-recorder.ts';
import { acquireShared } from './runtime-shared.ts';

export interface ProcessErrorMetricsOptions extends RecorderOptions {}

export interface ProcessErrorMetrics {
  /** Stops counting; leaves no listener behind. */
  dispose(): void;
}

/** What is used of the process: its events. */
export type ProcessEvents = Pick<NodeJS.Process, 'on' | 'prependListener' | 'removeListener' | 'listenerCount'>;

type Listener = (...args: unknown[]) => void;

/**
 * Counts uncaught exceptions and unhandled rejections in `application_errors_total{handled="false", route="none"}`.
 * The process does what it would have done without: it still dies of both by default, and a listener of the
 * application still keeps it alive. Of a process that dies, the last count is only seen when a scrape was faster.
 * Called twice on one registry it counts once.
 * @example
 * processErrorMetrics();
 */
export function processErrorMetrics(options: ProcessErrorMetricsOptions = {}): ProcessErrorMetrics {
  const recorder = acquireErrorRecorder(options);
  const watching = acquireShared(options, 'process-errors', (_, onDispose) => {
    onDispose(watchProcess(process, recorder.value));
    return {};
  });
  return {
    dispose: () => {
      watching.release();
      recorder.release();
    },
  };
}

/**
 * `uncaughtExceptionMonitor` sees exceptions, and rejections that nobody handles, in Node's default mode. A listener of
 * `unhandledRejection` would itself keep the process alive, so ours is there only while the application has one.
 */
export function watchProcess(events: ProcessEvents, recorder: ErrorRecorder): () => void {
  const count: Listener = (error) => recorder.record(error, noRoute, false);
  let listening = false;
  const join = (): void => {
    if (!listening) {
      listening = true;
      events.prependListener('unhandledRejection', count);
    }
  };
  const leave = (): void => {
    listening = false;
    events.removeListener('unhandledRejection', count);
  };
  const onNewListener: Listener = (event, listener) => {
    if (event === 'unhandledRejection' && listener !== count) join();
  };
  const onRemoveListener: Listener = (event, listener) => {
    if (event !== 'unhandledRejection') return;
    if (listener === count) listening = false;
    else if (listening && events.listenerCount('unhandledRejection') <= 1) leave();
  };
  events.on('uncaughtExceptionMonitor', count);
  events.on('newListener', onNewListener);
  events.on('removeListener', onRemoveListener);
  if (events.listenerCount('unhandledRejection') > 0) join();
  return () => {
    events.removeListener('uncaughtExceptionMonitor', count);
    events.removeListener('newListener', onNewListener);
    events.removeListener('removeListener', onRemoveListener);
    leave();
  };
}
