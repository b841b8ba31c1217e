/** Everything can be reached and left with the keyboard alone. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { dataPanels, emittedDashboard } from './emitted.ts';
import type { Live } from './live-preview.ts';
import { openPanel, panelStates, patience } from './panels.ts';
import { newVisit } from './visit.ts';

const uid = 'telltale-api';
const mostTabs = 60;

/** In the order in which they are reached. */
const stops = ['theme', 'link to a dashboard', 'time range', 'picker of service', 'link of a panel'] as const;

export function keyboard(live: Live): void {
  describe('the keyboard', () => {
    it('reaches the theme, other dashboards, time, pickers and links of panels, in this order', async () => {
      const { page } = await newVisit(live());
      await page.goto(`/d/${uid}`);
      await page.locator('[data-panel-id] a').first().waitFor();
      const reached: string[] = [];
      for (let tab = 0; tab < mostTabs && reached.length < stops.length; tab += 1) {
        await page.keyboard.press('Tab');
        const stop = await focusedStop(page);
        if (stop !== undefined && !reached.includes(stop)) reached.push(stop);
      }
      expect(reached).toEqual(stops);
    });

    it('leaves a panel that is shown alone with Escape', async () => {
      const { page } = await newVisit(live());
      const dashboard = emittedDashboard(live().lab.folder, uid);
      const ids = dataPanels(dashboard).map(({ id }) => String(id));
      await openPanel(page, uid, Number(ids[0]));
      expect(Object.keys(await panelStates(page))).toEqual([ids[0]]);
      await page.keyboard.press('Escape');
      await expect.poll(async () => Object.keys(await panelStates(page)).sort(), patience).toEqual(ids.sort());
      expect(new URL(page.url()).searchParams.get('viewPanel')).toBeNull();
    });
  });
}

/** Which of the stops has the focus. */
async function focusedStop(page: Page): Promise<string | undefined> {
  const selectors: Readonly<Record<(typeof stops)[number], string>> = {
    theme: 'header button[aria-label$=theme]',
    'link to a dashboard': 'nav[aria-label="Other dashboards"] a',
    'time range': 'button[aria-label^="Time range selected"]',
    'picker of service': '[data-variable=service] input',
    'link of a panel': '[data-panel-id] a',
  };
  const focused = page.locator('*:focus');
  for (const stop of stops) {
    if ((await focused.and(page.locator(selectors[stop])).count()) > 0) return stop;
  }
  return undefined;
}
