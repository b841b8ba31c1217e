/** What is chosen above the panels is what is asked, and what the address keeps. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Live } from './live-preview.ts';
import { openAll, patience, refresh, untilDrawn } from './panels.ts';
import type { PrometheusQuery } from './prometheus-query.ts';
import { newVisit } from './visit.ts';

const uid = 'telltale-api';

export function controlsOfDashboards(live: Live): void {
  describe('the controls of a dashboard', () => {
    it('ask for the service that is picked, and keep it in the address', async () => {
      const { page, queries } = await newVisit(live());
      await openAll(page, uid);
      expect(servicesIn(queries)).toEqual(['.+']);
      const before = queries.length;
      await pick(page, 'service', 'payments');
      await expect.poll(() => parametersOf(page, 'var-service'), patience).toEqual(['payments']);
      await untilAsked(page, queries, before);
      expect(servicesIn(queries.slice(before))).toEqual(['payments']);
    });

    it('start with the service of the address', async () => {
      const { page, queries } = await newVisit(live());
      await openAll(page, uid, { 'var-service': 'payments' });
      expect(servicesIn(queries)).toEqual(['payments']);
      expect(await page.locator('[data-variable=service]').innerText()).toContain('payments');
    });

    it('ask for the time range that is chosen, and keep it in the address', async () => {
      const { page, queries } = await newVisit(live());
      await openAll(page, uid);
      expect(spansIn(queries)).toEqual([900]);
      const before = queries.length;
      await page.getByRole('button', { name: /Time range selected/ }).click();
      await page.getByText('Last 30 minutes', { exact: true }).click();
      await untilAsked(page, queries, before);
      expect(spansIn(queries.slice(before))).toEqual([1_800]);
      expect([...parametersOf(page, 'from'), ...parametersOf(page, 'to')]).toEqual(['now-30m', 'now']);
    });

    it('ask again, up to now, when the dashboard is refreshed', async () => {
      const { page, queries } = await newVisit(live());
      await openAll(page, uid);
      const before = queries.length;
      const refreshedAt = Date.now() / 1_000;
      await refresh(page);
      await untilAsked(page, queries, before);
      const times = queries.slice(before).flatMap(({ api, time }) => (api === 'query' ? [time] : []));
      expect(times.filter((time) => time < refreshedAt - 1)).toEqual([]);
    });
  });
}

async function pick(page: Page, variable: string, value: string): Promise<void> {
  await page.locator(`[data-variable=${variable}]`).getByRole('combobox').fill(value);
  await page.getByRole('option', { name: value, exact: true }).click();
  await page.keyboard.press('Escape');
}

function parametersOf(page: Page, name: string): string[] {
  return new URL(page.url()).searchParams.getAll(name);
}

/** Something of a panel has been asked, and everything is there. */
async function untilAsked(page: Page, queries: readonly PrometheusQuery[], before: number): Promise<void> {
  await expect.poll(() => ofPanels(queries.slice(before)).length, patience).toBeGreaterThan(0);
  await untilDrawn(page);
}

function ofPanels(queries: readonly PrometheusQuery[]): PrometheusQuery[] {
  return queries.filter(({ api }) => api === 'query' || api === 'query_range');
}

/** What panels match the label `service` with. */
function servicesIn(queries: readonly PrometheusQuery[]): string[] {
  const matches = ofPanels(queries).flatMap(({ expression }) => [...expression.matchAll(/\bservice=~"([^"]*)"/g)]);
  return [...new Set(matches.map(([, value = '']) => value))].sort();
}

/** Seconds from start to end. */
function spansIn(queries: readonly PrometheusQuery[]): number[] {
  const spans = queries.filter(({ api }) => api === 'query_range').map(({ start, end }) => Math.round(end - start));
  return [...new Set(spans)].sort((one, other) => one - other);
}
