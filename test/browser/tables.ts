/** Known rows in tables: cells in their unit and the colour of their threshold, sorted, with links that keep what is shown. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { emittedDashboard, panelOf } from './emitted.ts';
import { answerPanel, type FixedSeries } from './fixed-answers.ts';
import { hueOfStyle, type Hue } from './hue.ts';
import type { Live } from './live-preview.ts';
import { openPanel, panelById, patience } from './panels.ts';
import { newVisit } from './visit.ts';

const uid = 'telltale-api';
/** With everything in it that an address or a regular expression gives a meaning to. */
const awkward = String.raw`/c/(\d+)(?:-[\w-]*)?&#+%`;

const endpoint = (route: string, value: number): FixedSeries => ({
  labels: { environment: 'demo', service: 'api', method: 'GET', route },
  value,
});

export function tables(live: Live): void {
  describe('a table', () => {
    it('shows each row in the units and colours of its columns, the slowest first', async () => {
      const { page } = await newVisit(live());
      const panel = panelOf(emittedDashboard(live().lab.folder, uid), 'slow-endpoints');
      await answerPanel(page, panel, {
        A: [endpoint('/fast', 0.15), endpoint('/slow', 0.5), endpoint('/slowest', 1.5)],
        B: [endpoint('/fast', 0.05), endpoint('/slow', 0.25), endpoint('/slowest', 0.75)],
        C: [endpoint('/fast', 12), endpoint('/slow', 0.5), endpoint('/slowest', 1_200)],
        D: [endpoint('/fast', 0), endpoint('/slow', 0.034)],
      });
      const element = await openPanel(page, uid, panel.id);
      await expect
        .poll(() => shownRows(element), patience)
        .toEqual([
          ['Environment', 'Service', 'Method', 'Route', 'p95', 'p50', 'Requests', 'Errors'],
          ['demo', 'api', 'GET', '/slowest', '1.50 s (red)', '750 ms', '1.20K req/s', '-'],
          ['demo', 'api', 'GET', '/slow', '500 ms (yellow)', '250 ms', '0.500 req/s', '3.40%'],
          ['demo', 'api', 'GET', '/fast', '150 ms', '50 ms', '12 req/s', '0%'],
        ]);
    });

    it('shows sizes in bytes, and marks what is above its threshold', async () => {
      const { page } = await newVisit(live());
      const panel = panelOf(emittedDashboard(live().lab.folder, 'telltale-database'), 'databases');
      const labels = { environment: 'demo', service: 'api', datname: 'classroom' };
      const values = { A: 1_610_612_736, B: 12, C: 1_234, D: 0.9876, E: 3 };
      const answers = Object.entries(values).map(([refId, value]) => [refId, [{ labels, value }]]);
      await answerPanel(page, panel, Object.fromEntries(answers));
      const element = await openPanel(page, 'telltale-database', panel.id);
      await expect
        .poll(async () => (await shownRows(element))[1], patience)
        .toEqual(['demo', 'api', 'classroom', '1.50 GiB', '12', '1.23K ops/s', '98.8%', '3 (red)']);
    });

    it('leads from a route to the graph of that route alone, with the time and the services kept', async () => {
      const { page, queries } = await newVisit(live());
      const dashboard = emittedDashboard(live().lab.folder, uid);
      const panel = panelOf(dashboard, 'slow-endpoints');
      const graph = panelOf(dashboard, 'route-latency');
      await answerPanel(page, panel, { A: [endpoint(awkward, 0.5)] });
      const element = await openPanel(page, uid, panel.id, { 'var-service': 'api', from: 'now-5m', to: 'now' });
      await element.getByRole('link', { name: awkward }).click();
      await panelById(page, graph.id).waitFor();
      const { searchParams } = new URL(page.url());
      const kept = ['viewPanel', 'var-route', 'var-service', 'var-job', 'from', 'to'];
      expect(kept.map((name) => searchParams.get(name))).toEqual([
        String(graph.id),
        awkward,
        'api',
        '$__all',
        'now-5m',
        'now',
      ]);
      const asked = String.raw`route=~"/c/\\(\\\\d\\+\\)\\(\\?:-\\[\\\\w-\\]\\*\\)\\?&#\\+%"`;
      await expect
        .poll(() => queries.map(({ expression }) => expression), patience)
        .toContainEqual(expect.stringContaining(asked));
    });
  });
}

/** Texts of the cells, with the colour of those that have one behind them. */
async function shownRows(table: Locator): Promise<string[][]> {
  const rows = await table.getByRole('row').evaluateAll((elements) =>
    elements.map((row) =>
      [...row.querySelectorAll<HTMLElement>('[role=gridcell], [role=columnheader]')].map((cell) => ({
        text: cell.innerText,
        behind: getComputedStyle(cell).backgroundColor,
      })),
    ),
  );
  return rows.map((cells) => cells.map(({ text, behind }) => withColour(text, hueOfStyle(behind))));
}

function withColour(text: string, hue: Hue): string {
  return hue === 'grey' ? text : `${text} (${hue})`;
}
