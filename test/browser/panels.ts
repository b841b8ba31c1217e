/** Panels of a page, by what they say of themselves in `data-panel-*`. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** `data`, `empty`, `error`, `loading`. */
export type PanelStates = Readonly<Record<number, string>>;

/** Of the address, e.g. `var-service`. */
type Parameters = Readonly<Record<string, string>>;

/** How long anything may take before it counts as missing: on a busy machine, too. */
export const patience = { timeout: 45_000, interval: 100 } as const;

export function panelById(page: Page, id: number): Locator {
  return page.locator(`[data-panel-id="${id}"]`);
}

/** By panel id. */
export async function panelStates(page: Page): Promise<PanelStates> {
  const entries = await page
    .locator('[data-panel-id]')
    .evaluateAll((panels) => panels.map(({ dataset }) => [dataset['panelId'], dataset['panelState']]));
  return Object.fromEntries(entries) as PanelStates;
}

/** Opens a dashboard in a window as high as itself, so that no panel waits until it is scrolled to, and waits for all. */
export async function openAll(page: Page, uid: string, parameters: Parameters = {}): Promise<void> {
  await page.goto(addressOf(uid, parameters));
  await page.locator('[data-panel-id]').first().waitFor();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height });
  await untilDrawn(page);
}

/** Opens one panel, alone on its page, and waits for it. */
export async function openPanel(page: Page, uid: string, id: number, parameters: Parameters = {}): Promise<Locator> {
  await page.goto(addressOf(uid, { viewPanel: String(id), ...parameters }));
  await panelById(page, id).waitFor();
  await untilDrawn(page);
  return panelById(page, id);
}

/** Not asked again while it is looked at. */
function addressOf(uid: string, parameters: Parameters): string {
  return `/d/${uid}?${new URLSearchParams({ refresh: '', ...parameters }).toString()}`;
}

/** No panel waits for an answer. */
export async function untilDrawn(page: Page): Promise<void> {
  await expect.poll(async () => Object.values(await panelStates(page)), patience).not.toContain('loading');
}

export async function refresh(page: Page): Promise<void> {
  await page.getByTestId('data-testid RefreshPicker run button').click();
}
