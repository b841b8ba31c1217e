/** Known series in graphs and bars: named as the JSON says, bars with their values. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { emittedDashboard, panelOf } from './emitted.ts';
import { answerPanel, inFirstHalf } from './fixed-answers.ts';
import { hueOfStyle } from './hue.ts';
import type { Live } from './live-preview.ts';
import { openPanel, patience } from './panels.ts';
import { newVisit } from './visit.ts';

const uid = 'telltale-api';
const api = { environment: 'demo', service: 'api' } as const;
const payments = { environment: 'demo', service: 'payments' } as const;

export function seriesNames(live: Live): void {
  describe('series', () => {
    it('of a graph are in its legend, named by their labels, with their last and highest value', async () => {
      const { page } = await newVisit(live());
      const panel = panelOf(emittedDashboard(live().lab.folder, uid), 'latency');
      await answerPanel(page, panel, {
        A: [{ labels: api, value: 0.0425 }],
        B: [
          { labels: api, value: 0.15 },
          { labels: payments, value: 1.25 },
        ],
        D: [{ labels: api, value: 0.14, existsAt: inFirstHalf }],
      });
      const element = await openPanel(page, uid, panel.id);
      await expect
        .poll(() => legendRows(element), patience)
        .toEqual([
          ['Name', 'Last *', 'Max'],
          ['demo/api p50', '42.5 ms', '42.5 ms'],
          ['demo/api p95', '150 ms', '150 ms'],
          ['demo/payments p95', '1.25 s', '1.25 s'],
          ['demo/api p95 a week ago', '140 ms', '140 ms'],
        ]);
    });

    it('of a bar panel each have their bar, with its value in the colour of its threshold', async () => {
      const { page } = await newVisit(live());
      const panel = panelOf(emittedDashboard(live().lab.folder, uid), 'error-budget-left');
      await answerPanel(page, panel, {
        A: [
          { labels: { ...api, slo: 'availability' }, value: 0.875 },
          { labels: { ...api, slo: 'latency' }, value: 0.005 },
          { labels: { ...payments, slo: 'latency' }, value: -0.5 },
        ],
      });
      const element = await openPanel(page, uid, panel.id);
      expect((await element.innerText()).split('\n').slice(1)).toEqual([
        'demo/api availability',
        '87.5%',
        'demo/api latency',
        '0.500%',
        'demo/payments latency',
        '-50%',
      ]);
      const colours = await element
        .getByTestId('data-testid Bar gauge value')
        .evaluateAll((values) => values.map((value) => getComputedStyle(value).color));
      expect(colours.map(hueOfStyle)).toEqual(['green', 'green', 'red']);
    });
  });
}

/** Without the column of the colours. */
async function legendRows(panel: Locator): Promise<string[][]> {
  const rows = await panel.getByRole('row').all();
  return Promise.all(
    rows.map(async (row) => (await row.locator('th, td').allInnerTexts()).slice(1).map((text) => text.trim())),
  );
}
