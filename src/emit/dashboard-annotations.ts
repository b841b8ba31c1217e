/** What happened, marked on every graph: deploys, and alerts when they begin to fire. */
import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { healthCatalog } from '../catalog/health.ts';
import { identityLabels } from '../catalog/exposers.ts';
import { scrapedCatalog } from '../catalog/scraped.ts';
import type { Duration } from '../objectives/duration.ts';
import { type Expression, promql } from '../promql/expression.ts';
import { maxBy } from '../promql/functions.ts';
import type { RenderContext } from '../promql/render-context.ts';
import { gauge, notMatching } from '../promql/selector.ts';
import { renderLegend } from './dashboard-targets.ts';
import { dataSource } from './dashboard-source.ts';

interface Annotation {
  readonly name: string;
  readonly expression: Expression;
  readonly title: string;
  readonly text: string;
  readonly color: string;
}

/** A version is marked for this long after it appears: longer than any step, so that no range skips it. */
const markedFor: Duration = '5m';
/** Its beginning and no more: a span would wash a board in red for as long as it fires. */
const beganWithin: Duration = '1m';
const step = '60s';

const perVersion = [...identityLabels, 'version', 'commit'] as const;
const running = gauge(healthCatalog.serviceInfo);
const perAlert = [...identityLabels, 'alertname', 'severity'] as const;

/**
 * Who is told, and what the stack writes down: conditions of the set-up that explain no graph. They are in the table of
 * alerts.
 */
const unmarked = [
  'Watchdog',
  'NobodyIsPaged',
  'AlertmanagerNotificationsFailing',
  'PrometheusNotificationsFailing',
  'ConfigReloadFailed',
  'RemoteWriteBehind',
];
const firing = gauge(scrapedCatalog.alerts, { alertstate: 'firing', alertname: notMatching(unmarked.join('|')) });

const annotations: readonly Annotation[] = [
  {
    name: 'Deploys',
    expression: promql`${maxBy(perVersion, running)} unless ${maxBy(perVersion, running.offset(markedFor))}`,
    title: 'Deploy of {{service}} {{version}}',
    text: '{{environment}}, commit {{commit}}',
    color: 'blue',
  },
  {
    name: 'Alerts',
    expression: promql`${maxBy(perAlert, firing)} unless ${maxBy(perAlert, firing.offset(beganWithin))}`,
    title: '{{alertname}}',
    text: '{{severity}}: {{environment}}/{{service}} began to fire',
    color: 'red',
  },
];

export function annotationBuilders(context: RenderContext): AnnotationQueryBuilder[] {
  return annotations.map(({ name, expression, title, text, color }) =>
    new AnnotationQueryBuilder()
      .name(name)
      .datasource(dataSource)
      .enable(true)
      .iconColor(color)
      .expr(expression.render(context))
      .step(step)
      .titleFormat(renderLegend(title, expression.metrics, context))
      .textFormat(renderLegend(text, expression.metrics, context))
      .useValueForTime(false),
  );
}
