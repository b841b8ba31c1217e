/** processErrorMetrics(): uncaught exceptions and unhandled rejections, counted without changing what becomes of them. */
import { acquireErrorRecorder, noRoute } from './recorder.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { checkOptions, recorderRules } from '../metrics/option-checks.ts';
import { watchProcess } from './process-errors-watch.ts';
import { acquireShared } from '../metrics/shared-parts.ts';

export interface ProcessErrorMetricsOptions extends RecorderOptions {}

export interface ProcessErrorMetrics {
  /** Stops counting; leaves no listener behind. */
  dispose(): void;
}

/**
 * Counts uncaught exceptions and unhandled rejections in `application_errors_total{handled="false", route="none"}`.
 * The process, or worker thread, does what it would have done without: it still dies of both by default, as fast, with the
 * same exit code and the same words, and a listener of the application still keeps it alive. Of a process that dies, the
 * last count is only seen when a scrape was faster. Called twice on one registry it counts once.
 *
 * Not counted: rejections that only make Node warn, under `--unhandled-rejections=warn-with-error-code`, and under `warn`
 * or `none` where they come from NODE_OPTIONS: a listener of ours could change how the process ends.
 * @throws TELLTALE_OPTION, TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 * @example
 * processErrorMetrics();
 */
export function processErrorMetrics(options: ProcessErrorMetricsOptions = {}): ProcessErrorMetrics {
  checkOptions('use processErrorMetrics()', options, recorderRules);
  const recorder = acquireErrorRecorder(options);
  const watching = acquireShared(options, 'process-errors', (_, onDispose) => {
    onDispose(watchProcess(process, (error) => recorder.value.record(error, noRoute, false)));
    return {};
  });
  return {
    dispose: () => {
      watching.release();
      recorder.release();
    },
  };
}
