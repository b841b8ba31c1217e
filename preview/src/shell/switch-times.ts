/** Since when each control is on, as far as this tab has seen it go on: kept over a reload of the page. */
import type { Control } from '../../../src/preview/answers.ts';

const off = 'off';
const keyOf = (name: string): string => `telltale-on-since-${name}`;

/** To be told each time the controls were heard. */
export function rememberSwitches(controls: readonly Control[], storage: Storage = sessionStorage): void {
  for (const { name, on } of controls) {
    if (!on) storage.setItem(keyOf(name), off);
    else if (storage.getItem(keyOf(name)) === off) storage.setItem(keyOf(name), String(Date.now()));
  }
}

/** In milliseconds since 1970; undefined when it was on before this tab looked. */
export function onSince(name: string, storage: Storage = sessionStorage): number | undefined {
  const kept = storage.getItem(keyOf(name));
  return kept === null || kept === off ? undefined : Number(kept);
}
