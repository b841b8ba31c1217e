/** `application_errors_total` of one registry. */
import { errorsCatalog } from '../../catalog/errors.ts';
import { errorTypeOf } from './type.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { unmatched } from '../../routes/resolved-route.ts';
import type { BoundedMetrics } from '../metrics/bounded-metrics.ts';
import { acquireShared, type Shared } from '../metrics/shared-parts.ts';

export interface ErrorRecorder {
  /** Whether this error of this request was not asked about before. */
  isFirst(error: unknown, request: object): boolean;
  record(error: unknown, route: string, handled: boolean): void;
  /** Counts a callback of the user's that failed. */
  failed(): void;
}

/** The `route` of an error that no request led to. */
export const noRoute = 'none';
export function acquireErrorRecorder(options: RecorderOptions): Shared<ErrorRecorder> {
  return acquireShared(options, 'errors', createRecorder);
}

function createRecorder(metrics: BoundedMetrics): ErrorRecorder {
  const errors = metrics.counter(errorsCatalog.application);
  // Types cannot be known before; these two make "no errors" a 0 for either kind.
  errors.inc({ type: 'Error', route: unmatched.template, handled: 'true' }, 0);
  errors.inc({ type: 'Error', route: noRoute, handled: 'false' }, 0);
  const seen = new WeakMap<object, Set<unknown>>();
  return {
    isFirst: (error, request) => {
      const errorsOfRequest = seen.get(request) ?? new Set();
      seen.set(request, errorsOfRequest);
      const isFirst = !errorsOfRequest.has(error);
      errorsOfRequest.add(error);
      return isFirst;
    },
    record: (error, route, handled) => errors.inc({ type: errorTypeOf(error), route, handled: String(handled) }),
    failed: () => metrics.failed(errorsCatalog.application),
  };
}
