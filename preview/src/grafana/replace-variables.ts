/** Grafana's `replaceVariables`, with the variables of a query. */
import type { InterpolateFunction } from '@grafana/data';
import type { QueryContext } from '../query/context.ts';
import { interpolateScoped } from '../query/interpolate.ts';

export const replaceVariablesOf =
  (context: QueryContext): InterpolateFunction =>
  (value, scopedVariables, format) =>
    interpolateScoped(value, context, scopedVariables, format);
