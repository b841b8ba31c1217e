/** The switches of the demo: what is broken shows in alerts and panels, and goes away with its end. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { backfill } from '../../servers/lab/backfill.ts';
import { emittedDashboard, panelOf } from './emitted.ts';
import type { Live, LivePreview } from './live-preview.ts';
import { openPanel, panelById, patience } from './panels.ts';
import { newVisit } from './visit.ts';

/** An alert waits, and what it looks at has to come in: longer than a page. */
const alertPatience = { ...patience, timeout: 100_000 };
export const deployedVersion = '1.1.0';

/** Above it, HighErrorRate fires. */
const tolerableRatio = 0.05;

export function faultBegins(live: Live): void {
  describe('a switch that is turned on', () => {
    // Not its cause, but what everybody asks for first: marked on the dashboards of the next act.
    beforeAll(async () => {
      await giveVersionsAPast(live());
      await live().lab.services.deploy('api', deployedVersion);
    });

    it('fires its alert on the start page', async () => {
      const { page } = await newVisit(live());
      await page.goto('/');
      await turn(page, 'errors', 'Break');
      await expect.poll(() => alertState(page, 'HighErrorRate'), alertPatience).toBe('firing');
    });

    it('moves the panel that it names', async () => {
      const { page } = await newVisit(live());
      await expect.poll(await errorRatio(page, live()), patience).toBeGreaterThan(tolerableRatio);
    });
  });
}

export function faultEnds(live: Live): void {
  describe('a switch that is turned off', () => {
    it('calms the panel', async () => {
      const { page } = await newVisit(live());
      await page.goto('/');
      await turn(page, 'errors', 'Stop');
      await expect.poll(await errorRatio(page, live()), alertPatience).toBeLessThan(tolerableRatio);
    });

    it('ends its alert', async () => {
      const { page } = await newVisit(live());
      await page.goto('/');
      await turn(page, 'kill-payments', 'Break');
      await expect.poll(() => alertState(page, 'ServiceDown'), alertPatience).toBe('firing');
      await turn(page, 'kill-payments', 'Stop');
      await expect.poll(() => alertState(page, 'ServiceDown'), alertPatience).toBe('inactive');
    });
  });
}

/** A version counts as deployed while it was not there five minutes ago: those that all began with were, and before that. */
async function giveVersionsAPast({ lab }: LivePreview): Promise<void> {
  await backfill({
    prometheusUrl: lab.prometheus.url,
    dataFolder: lab.dataFolder,
    metrics: ['service_info'],
    ago: ['3m', '6m', '9m', '12m'],
    lastSeconds: 100,
  });
}

async function turn(page: Page, control: string, word: 'Break' | 'Stop'): Promise<void> {
  const card = page.locator(`[data-control="${control}"]`);
  await card.getByRole('button', { name: word }).click();
  await expect.poll(() => card.getAttribute('data-on'), patience).toBe(String(word === 'Break'));
}

function alertState(page: Page, alert: string): Promise<string | null> {
  return page.locator(`[data-alert="${alert}"]`).getAttribute('data-state');
}

/** Reads the figure of the dashboard, which asks again by itself. */
async function errorRatio(page: Page, { lab }: LivePreview): Promise<() => Promise<number>> {
  const uid = 'telltale-api';
  const { id } = panelOf(emittedDashboard(lab.folder, uid), 'error-ratio-now');
  await openPanel(page, uid, id, { refresh: '5s' });
  return async () => {
    const [, percent = ''] = /\n([\d.]+)%$/.exec(await panelById(page, id).innerText()) ?? [];
    return percent === '' ? NaN : Number(percent) / 100;
  };
}
