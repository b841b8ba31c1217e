/** What axe-core finds in each kind of page, in both themes. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Live } from './live-preview.ts';
import { openAll } from './panels.ts';
import { newVisit } from './visit.ts';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const pages: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'the start page': async (page) => {
    await page.goto('/');
    await page.locator('[data-card][aria-busy=false]').first().waitFor();
  },
  'a dashboard': (page) => openAll(page, 'telltale-api'),
  'a runbook': async (page) => {
    await page.goto('/runbooks/alerts/HighErrorRate.md');
    await page.locator('article h1').waitFor();
  },
};
const cases = Object.entries(pages).flatMap(([name, open]) =>
  (['dark', 'light'] as const).map((theme) => ({ name, theme, open })),
);

export function accessibility(live: Live): void {
  describe('accessibility', () => {
    it.each(cases)('of $name in the $theme theme has nothing serious', async ({ theme, open }) => {
      const { page } = await newVisit(live(), { theme });
      await open(page);
      expect(await seriousProblems(page)).toEqual([]);
    });
  });
}

/** Of Grafana's own drawing, which is shown as it is published: sizes, names and colours are not ours to choose. */
const ofGrafana: readonly { readonly rule: string; readonly within: string }[] = [
  { rule: 'label-content-name-mismatch', within: '[data-testid="data-testid viz-layout-legend"]' },
  { rule: 'target-size', within: '[data-testid="data-testid viz-layout-legend"]' },
  { rule: 'color-contrast', within: '[data-testid="data-testid Bar gauge value"]' },
];

/** Rules of WCAG 2.2 at levels A and AA, contrast among them; each problem once. */
async function seriousProblems(page: Page): Promise<string[]> {
  await page.evaluate(source);
  const found = await page.evaluate(async (known) => {
    const { axe } = window as unknown as { axe: typeof axeCore };
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations } = await axe.run({ runOnly, elementRef: true });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => ({ id, node })))
      .filter(({ id, node }) => !known.some(({ rule, within }) => rule === id && node.element?.closest(within)))
      .map(({ id, node }) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary?.split('\n').at(1) ?? ''}`);
  }, ofGrafana);
  return [...new Set(found)];
}
