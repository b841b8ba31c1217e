/** What every adapter does first: one recorder per registry, and the requests that it shall not see. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathnameOf } from '../../routes/express-shapes.ts';
import type { Routes } from './exchange.ts';
import type { HttpMetricsOptions } from './options.ts';
import { HttpRecorder } from './recorder.ts';
import { acquireShared } from '../metrics/shared-parts.ts';

export interface HttpObserver {
  /** Call for each request as early as possible. Never throws. */
  observe(request: IncomingMessage, response: ServerResponse): void;
  /** Takes the metrics off the registry, unless another still records into them. */
  dispose(): void;
}

/** @throws TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN */
export function startHttpObserver(options: HttpMetricsOptions, routes: Routes): HttpObserver {
  const { value: recorder, release } = acquireShared(options, 'http', (metrics, onDispose) => {
    const created = new HttpRecorder(options, metrics);
    onDispose(() => created.dispose());
    return created;
  });
  const leavesOut = skipRule(options, (error) => recorder.failed(error));
  return {
    dispose: release,
    observe: (request, response) => {
      try {
        if (!leavesOut(request)) return recorder.begin(request, response, routes);
        routes.prepare?.(request);
        recorder.watchServer(request, routes);
      } catch (error) {
        recorder.failed(error);
      }
    },
  };
}

function skipRule(
  options: HttpMetricsOptions,
  onFailure: (error: unknown) => void,
): (request: IncomingMessage) => boolean {
  const { skip } = options;
  const ignored = new Set(options.ignorePaths);
  if (skip === undefined && ignored.size === 0) return () => false;
  return (request) => {
    if (ignored.size > 0 && ignored.has(pathnameOf(request.url ?? ''))) return true;
    try {
      const answer: unknown = skip?.(request);
      // Of JavaScript: a promise comes too late to decide anything, and nobody else would see it fail.
      if (answer instanceof Promise) answer.catch(onFailure);
      return answer === true;
    } catch (error) {
      onFailure(error);
      return false;
    }
  };
}
