/** Known values in big numbers: written in their unit, in the colour of their threshold. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { emittedDashboard, panelOf } from './emitted.ts';
import { answerPanel } from './fixed-answers.ts';
import { hueOfStyle, type Hue } from './hue.ts';
import type { Live } from './live-preview.ts';
import { openAll, panelById } from './panels.ts';
import { newVisit } from './visit.ts';

interface Figure {
  /** Its key. */
  readonly panel: string;
  readonly value: number;
  /** As Grafana writes it; by hand. */
  readonly text: string;
  readonly hue: Hue;
}

const figuresOf: Readonly<Record<string, readonly Figure[]>> = {
  'telltale-api': [
    { panel: 'request-rate-now', value: 1234.5, text: '1.23K req/s', hue: 'red' },
    { panel: 'error-ratio-now', value: 0.034, text: '3.40%', hue: 'green' },
    { panel: 'latency-now', value: 0.0123, text: '12.3 ms', hue: 'green' },
    { panel: 'budget-now', value: -0.25, text: '-25%', hue: 'red' },
    { panel: 'targets-down', value: 1234, text: '1.23 K', hue: 'red' },
    { panel: 'probe-now', value: 1, text: 'up', hue: 'green' },
  ],
  'telltale-database': [
    { panel: 'postgres-now', value: 1, text: 'up', hue: 'green' },
    { panel: 'redis-now', value: 0, text: 'down', hue: 'red' },
    { panel: 'query-time-now', value: 0.65, text: '650 ms', hue: 'red' },
    { panel: 'pool-use-now', value: 0.5, text: '50%', hue: 'green' },
    { panel: 'server-use-now', value: 0.8, text: '80%', hue: 'red' },
    { panel: 'backup-age-now', value: 5_400, text: '1.50 hours', hue: 'green' },
  ],
  'telltale-business': [
    { panel: 'today-active-users', value: 42, text: '42', hue: 'grey' },
    { panel: 'today-revenue-total', value: 1_234_567, text: '1,234,567', hue: 'grey' },
    { panel: 'payment-success-now', value: 0.985, text: '98.5%', hue: 'grey' },
  ],
  'telltale-infrastructure': [
    { panel: 'memory-now', value: 0.9, text: '90%', hue: 'red' },
    { panel: 'disk-now', value: 0.1, text: '10%', hue: 'yellow' },
    { panel: 'event-loop-now', value: 0.03, text: '30 ms', hue: 'green' },
    { panel: 'watchdog', value: 1, text: 'alive', hue: 'green' },
  ],
  'telltale-errors': [
    { panel: 'alerts-pending-now', value: 1, text: '1', hue: 'yellow' },
    { panel: 'errors-now', value: 12_345, text: '12 K', hue: 'red' },
    { panel: 'unhandled-now', value: 0, text: '0', hue: 'green' },
    { panel: 'rejected-now', value: 0.05, text: '0.0500 req/s', hue: 'grey' },
  ],
};

export function figures(live: Live): void {
  describe('the figures', () => {
    it.each(Object.entries(figuresOf))(
      'of %s are in their unit and the colour of their threshold',
      async (uid, all) => {
        const { page } = await newVisit(live());
        const dashboard = emittedDashboard(live().lab.folder, uid);
        for (const { panel, value } of all)
          await answerPanel(page, panelOf(dashboard, panel), { A: [{ labels: {}, value }] });
        await openAll(page, uid);
        const shown = all.map(async ({ panel, value }) => {
          const element = panelById(page, panelOf(dashboard, panel).id);
          return { panel, value, ...(await shownFigure(element)) };
        });
        expect(await Promise.all(shown)).toEqual(all);
      },
    );
  });
}

async function shownFigure(panel: Locator): Promise<{ text: string; hue: Hue }> {
  const [, text = ''] = (await panel.innerText()).split('\n');
  const colour = await panel
    .getByText(/./)
    .last()
    .evaluate((element) => getComputedStyle(element).color);
  return { text, hue: hueOfStyle(colour) };
}
