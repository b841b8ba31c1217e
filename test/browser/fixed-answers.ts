/** Answers of Prometheus that are known beforehand: what is drawn can then be compared with what was sent. */
import type { Page, Route } from 'playwright-core';
import type { EmittedPanel } from './emitted.ts';
import { queryOf, type PrometheusQuery } from './prometheus-query.ts';

export interface FixedSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Whether it has a sample then, in answers over time. @default always */
  readonly existsAt?: (seconds: number, query: PrometheusQuery) => boolean;
}

/** For series that end in the middle of the time. */
export function inFirstHalf(seconds: number, { start, end }: PrometheusQuery): boolean {
  return seconds < (start + end) / 2;
}

/** Answers every query of a panel, by refId; those without an answer find nothing. */
export async function answerPanel(
  page: Page,
  { targets = [] }: EmittedPanel,
  answers: Readonly<Record<string, readonly FixedSeries[]>>,
): Promise<void> {
  for (const { expr, refId } of targets) await answerExpression(page, expr, answers[refId] ?? []);
}

/** Answers one query, with whatever values for its variables, and lets the others through. */
export async function answerExpression(page: Page, expr: string, series: readonly FixedSeries[]): Promise<void> {
  await onQueries(page, expr, (query) => {
    if (query.api === 'query_exemplars') return [];
    return query.api === 'query_range' ? matrix(query, series) : vector(query, series);
  });
}

/** Answers the question for exemplars that goes with a query. */
export async function answerExemplars(
  page: Page,
  expr: string,
  exemplars: readonly { readonly value: string; readonly timestamp: number }[],
): Promise<void> {
  await onQueries(page, expr, (query) => {
    if (query.api !== 'query_exemplars') return undefined;
    const labels = { trace_id: 'a'.repeat(32) };
    return [{ seriesLabels: {}, exemplars: exemplars.map((exemplar) => ({ labels, ...exemplar })) }];
  });
}

/** @param dataOf undefined leaves the query to others */
async function onQueries(page: Page, expr: string, dataOf: (query: PrometheusQuery) => unknown): Promise<void> {
  await page.route('**/api/prometheus/api/v1/query*', async (route: Route) => {
    const query = queryOf(route.request()).find(({ expression }) => isFilled(expr, expression));
    const data = query === undefined ? undefined : dataOf(query);
    return data === undefined ? route.fallback() : route.fulfill({ json: { status: 'success', data } });
  });
}

function isFilled(expr: string, expression: string): boolean {
  const parts = expr.split(/\$\{\w+\}|\$\w+/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.+?')}$`, 's').test(expression);
}

function matrix(query: PrometheusQuery, series: readonly FixedSeries[]): object {
  const { start, end, step } = query;
  const times = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => start + index * step);
  const result = series.map(({ labels, value, existsAt = () => true }) => ({
    metric: labels,
    values: times.filter((time) => existsAt(time, query)).map((time) => [time, String(value)]),
  }));
  return { resultType: 'matrix', result };
}

function vector({ time }: PrometheusQuery, series: readonly FixedSeries[]): object {
  const result = series.map(({ labels, value }) => ({ metric: labels, value: [time, String(value)] }));
  return { resultType: 'vector', result };
}
