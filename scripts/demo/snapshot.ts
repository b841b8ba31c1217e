/** What the demo shows, read from Prometheus: figures, targets and alerts. */
import { type AlertState, prometheusApi } from '../../src/proof/prometheus-api.ts';
import type { RenderContext } from '../../src/promql/render-context.ts';
import { headlines } from './headlines.ts';
import { formatFigure } from './format.ts';

export interface Snapshot {
  readonly headlines: readonly { readonly dashboard: string; readonly figures: readonly string[] }[];
  readonly alerts: readonly AlertState[];
  readonly rules: number;
}

/** Before Prometheus has answered. */
export const noSnapshot: Snapshot = { headlines: [], alerts: [], rules: 0 };

const context: RenderContext = {
  naming: 'prometheus',
  identity: { service: 'service', environment: 'environment' },
  scope: 'rule',
};

export async function takeSnapshot(prometheusUrl: string): Promise<Snapshot> {
  const api = prometheusApi(prometheusUrl);
  const figure = async (expression: string): Promise<number | undefined> =>
    (await api.query(expression))[0]?.samples[0]?.[1];
  const lines = headlines.map(async ({ dashboard, figures }) => ({
    dashboard,
    figures: await Promise.all(
      figures.map(
        async ({ label, expression, unit }) =>
          `${label} ${formatFigure(await figure(expression.render(context)), unit)}`,
      ),
    ),
  }));
  const [rules, alerts] = await Promise.all([api.rules(), api.alerts()]);
  return {
    headlines: await Promise.all(lines),
    alerts,
    rules: rules.filter(({ type }) => type === 'alerting').length,
  };
}
