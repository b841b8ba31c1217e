/** A query that the page sends to Prometheus through the preview. */
import type { Request } from 'playwright-core';

export interface PrometheusQuery {
  /** e.g. `query_range`. */
  readonly api: string;
  readonly expression: string;
  /** Of an instant query. Unix seconds, as all times here; NaN where the query has none. */
  readonly time: number;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

const prefix = '/api/prometheus/api/v1/';

/** None for other requests. Parameters are in the address, or in the body as a form. */
export function queryOf(request: Request): PrometheusQuery[] {
  const url = new URL(request.url());
  if (!url.pathname.startsWith(prefix)) return [];
  const parameters = new URLSearchParams(request.postData() ?? url.search);
  const seconds = (name: string): number => Number(parameters.get(name) ?? NaN);
  return [
    {
      api: url.pathname.slice(prefix.length),
      expression: parameters.get('query') ?? parameters.get('match[]') ?? '',
      time: seconds('time'),
      start: seconds('start'),
      end: seconds('end'),
      step: seconds('step'),
    },
  ];
}
