/** Prometheus gone and back: the page says so in words, keeps what it shows, and goes on. */
import { describe, expect, it } from 'vitest';
import { dataPanels, emittedDashboard, panelOf } from './emitted.ts';
import type { Live, LivePreview } from './live-preview.ts';
import { openAll, panelById, patience, refresh } from './panels.ts';
import { newVisit } from './visit.ts';

const uid = 'telltale-api';

export function prometheusAway(live: Live): void {
  describe('without Prometheus', () => {
    it('a dashboard keeps what it shows, and says what is wrong', async () => {
      const { page } = await newVisit(live());
      const figure = panelOf(emittedDashboard(live().lab.folder, uid), 'probe-now');
      await openAll(page, uid);
      const shown = await panelById(page, figure.id).innerText();
      await live().lab.prometheus.kill();
      await refresh(page);
      await page.getByText(sentence(live())).first().waitFor();
      expect(await panelById(page, figure.id).innerText()).toBe(shown);
    });

    it('a dashboard that is opened then says it in every panel, and goes on once it is back', async () => {
      const { page } = await newVisit(live());
      const { prometheus, folder } = live().lab;
      await prometheus.kill();
      await openAll(page, uid);
      const panels = page.locator('[data-panel-id]');
      expect(await panels.count()).toBe(dataPanels(emittedDashboard(folder, uid)).length);
      expect(await panels.filter({ hasNotText: sentence(live()) }).allInnerTexts()).toEqual([]);
      await prometheus.restart();
      await refresh(page);
      await expect.poll(() => page.locator('[data-panel-state=error]').count(), patience).toBe(0);
      await expect.poll(() => page.locator('[data-panel-state=data]').count(), patience).toBeGreaterThan(0);
    });
  });
}

function sentence({ lab }: LivePreview): string {
  return `Cannot reach Prometheus at ${lab.prometheus.url}: connection refused: is it running?`;
}
