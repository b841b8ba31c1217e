/** Where an element is on its page, in pixels. */
import type { Locator } from 'playwright-core';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** @throws when it is not drawn */
export async function boxOf(element: Locator): Promise<Box> {
  const box = await element.boundingBox();
  if (box === null) throw new Error(`Cannot measure ${String(element)} as it is not drawn`);
  return box;
}
