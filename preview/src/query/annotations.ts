/** What is drawn over every graph: deploys, alerts. */
import { rangeUtil } from '@grafana/data';
import type { AnnotationQuery, Dashboard } from '@grafana/schema';
import { queryRange } from '../prometheus/client.ts';
import { type Annotation, type AnnotationStyle, regionsOf } from './annotation-regions.ts';
import type { QueryContext } from './context.ts';
import { interpolate } from './interpolate.ts';
import { alignToStep, stepSeconds } from './step.ts';

export type { Annotation } from './annotation-regions.ts';

/** What an annotation query of Prometheus has beside what all have. */
interface PrometheusAnnotation extends AnnotationQuery {
  readonly expr?: string;
  readonly step?: string;
  readonly titleFormat?: string;
  readonly textFormat?: string;
  readonly tagKeys?: string;
  readonly useValueForTime?: boolean;
}

/** @throws when a query fails: the message is Prometheus' own */
export async function loadAnnotations(
  dashboard: Dashboard,
  context: QueryContext,
  signal: AbortSignal,
): Promise<Annotation[]> {
  const queries: readonly PrometheusAnnotation[] = dashboard.annotations?.list ?? [];
  const enabled = queries.filter(({ enable, expr = '' }) => enable && expr !== '');
  return (await Promise.all(enabled.map((query) => load(query, context, signal)))).flat();
}

async function load(query: PrometheusAnnotation, context: QueryContext, signal: AbortSignal): Promise<Annotation[]> {
  const style = styleOf(query, context);
  const asked = {
    query: interpolate(query.expr ?? '', context, style),
    fromMillis: alignToStep(context.from, style.stepSeconds),
    toMillis: alignToStep(context.to, style.stepSeconds),
    stepSeconds: style.stepSeconds,
  };
  const { data } = await queryRange(asked, signal);
  return data.flatMap((series) => regionsOf(series, style));
}

function styleOf(query: PrometheusAnnotation, context: QueryContext): AnnotationStyle {
  return {
    name: query.name,
    color: query.iconColor,
    titleFormat: interpolate(query.titleFormat ?? '', context),
    textFormat: interpolate(query.textFormat ?? '', context),
    tagKeys: (query.tagKeys ?? '').split(',').filter((key) => key !== ''),
    stepSeconds: stepOf(query, context),
    useValueForTime: query.useValueForTime === true,
  };
}

/** As fine as was asked for, unless that is more than Prometheus returns. */
function stepOf({ step = '60s' }: PrometheusAnnotation, { from, to }: QueryContext): number {
  return stepSeconds({
    rangeMillis: to - from,
    widthPixels: 0,
    minStepSeconds: rangeUtil.intervalToSeconds(step),
    maxDataPoints: Number.MAX_SAFE_INTEGER,
  });
}
