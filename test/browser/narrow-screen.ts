/** On a telephone, nothing has to be scrolled sideways. */
import { describe, expect, it } from 'vitest';
import { dashboardUids } from './emitted.ts';
import type { Live } from './live-preview.ts';
import { newVisit } from './visit.ts';

const width = 360;
const pages = [
  '/',
  '/runbooks/',
  '/runbooks/alerts/HighErrorRate.md',
  '/runbooks/troubleshooting.md',
  ...dashboardUids.map((uid) => `/d/${uid}`),
  '/d/telltale-api?viewPanel=21822',
];

export function narrowScreen(live: Live): void {
  describe('a narrow screen', () => {
    it.each(pages)('shows %s without scrolling sideways', async (path) => {
      const { page } = await newVisit(live(), { width, height: 740 });
      await page.goto(path);
      await page.locator('article h1, [data-panel-id], [data-card]').first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  });
}
