/** Why a query has no data: which selector is empty, and what would fill it. */
import { exposers } from '../catalog/exposers.ts';
import { quote } from '../promql/escape.ts';
import { analyse, type SelectorUse } from '../promql/analysis.ts';
import type { KnownSeriesByName } from '../promql/catalog-check.ts';
import type { PrometheusApi } from './prometheus-api.ts';

/** One sentence for each empty selector of an expression whose variables are filled. */
export async function explainEmpty(
  expression: string,
  prometheus: PrometheusApi,
  known: KnownSeriesByName,
): Promise<string> {
  const reasons: string[] = [];
  for (const selector of analyse(expression).selectors) {
    const reason = await explainSelector(selector, prometheus, known);
    if (reason !== undefined) reasons.push(reason);
  }
  if (reasons.length > 0) return [...new Set(reasons)].join('; ');
  return 'every selector has series, but they do not join, or only give NaN';
}

async function explainSelector(
  selector: SelectorUse,
  prometheus: PrometheusApi,
  known: KnownSeriesByName,
): Promise<string | undefined> {
  if (await exists(selector.text, prometheus)) return undefined;
  if (!(await exists(`{__name__=${quote(selector.metric)}}`, prometheus))) return absentMetric(selector.metric, known);
  for (const { label, operator, value } of selector.matchers) {
    const match = `${label}${operator}${quote(value)}`;
    if (!(await exists(`${selector.metric}{${match}}`, prometheus)))
      return `${selector.metric} exists, but not with ${match}`;
  }
  return `${selector.metric} exists, but not with all of its matchers together`;
}

function absentMetric(metric: string, known: KnownSeriesByName): string {
  const series = known.get(metric);
  if (series === undefined) return `${metric} is unknown here, and to the catalog`;
  const exposer = exposers[series.metric.exposedBy];
  const job = 'job' in exposer ? `, job "${exposer.job}"` : '';
  return `${metric} is unknown here: it comes from ${exposer.describes}${job}`;
}

async function exists(selector: string, prometheus: PrometheusApi): Promise<boolean> {
  const found = await prometheus.query(`count(last_over_time(${selector}[10m]))`);
  return found.length > 0;
}
