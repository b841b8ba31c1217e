/** Every dashboard while something fails, with a week behind it: all panels draw data. The pictures are taken here. */
import { mkdir } from 'node:fs/promises';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { giveHistory } from '../../servers/lab/prove-lab.ts';
import { dashboardUids, dataPanels, emittedDashboard, panelOf } from './emitted.ts';
import { deployedVersion } from './faults.ts';
import type { Live } from './live-preview.ts';
import { openAll, openPanel, panelStates, patience } from './panels.ts';
import { untilData } from './until-data.ts';
import { newVisit } from './visit.ts';

const pictures = 'build/screenshots';
/** About as long as there is something to see. */
const from = 'now-2m';
const themes = ['dark', 'light'] as const;
const boards = dashboardUids.flatMap((uid) => themes.map((theme) => ({ uid, theme })));

export function provokedBoards(live: Live): void {
  describe('while something fails, with a week of history', () => {
    const millisToData = new Map<string, number>();

    beforeAll(async () => {
      await mkdir(pictures, { recursive: true });
      await giveHistory(live().lab);
      await untilData(live(), { allowed: ['data'] });
    }, 150_000);
    afterAll(() => report(millisToData));

    it.each(boards)('every panel of $uid draws data, in the $theme theme', async ({ uid, theme }) => {
      const { page, troubles } = await newVisit(live(), { theme });
      const started = performance.now();
      await page.goto(`/d/${uid}?from=${from}`);
      await page.locator('[data-panel-state=data]').first().waitFor();
      millisToData.set(`${uid}, ${theme}`, performance.now() - started);
      await openAll(page, uid, { from });
      const ids = dataPanels(emittedDashboard(live().lab.folder, uid)).map(({ id }) => id);
      expect(await panelStates(page)).toEqual(Object.fromEntries(ids.map((id) => [id, 'data'])));
      expect(troubles).toEqual([]);
      await page.screenshot({ path: `${pictures}/${uid}-${theme}.png` });
    });

    it('a graph marks the one version that was deployed before it began to fail', async () => {
      const { page } = await newVisit(live());
      const dashboard = emittedDashboard(live().lab.folder, 'telltale-api');
      const panel = await openPanel(page, dashboard.uid, panelOf(dashboard, 'error-ratio').id, { from: 'now-5m' });
      const marks = panel.locator('button[aria-label^="Deploys: "]');
      const names = (): Promise<(string | null)[]> =>
        marks.evaluateAll((all) => all.map((mark) => mark.getAttribute('aria-label')));
      await expect.poll(names, patience).toEqual([`Deploys: Deploy of api ${deployedVersion}`]);
    });

    it.each(themes)('the start page says what fails, in the %s theme', async (theme) => {
      const { page, troubles } = await newVisit(live(), { theme });
      await page.goto('/');
      await page.locator('[data-verdict=firing]').waitFor();
      await expect.poll(() => page.locator('[data-card][aria-busy=true]').count(), patience).toBe(0);
      await page.locator('[data-alert=HighErrorRate][data-state=firing]').first().waitFor();
      expect(troubles).toEqual([]);
      await page.screenshot({ path: `${pictures}/start-${theme}.png`, fullPage: true });
    });
  });
}

function report(millisToData: ReadonlyMap<string, number>): void {
  const rows = [...millisToData].map(([board, millis]) => `  ${board.padEnd(32)}${Math.round(millis)} ms\n`);
  process.stdout.write(`From navigation to the first panel with data:\n${rows.join('')}`);
}
