/** The keys that the tooltips of the time controls promise: `t`, then `-`, the left or the right arrow. */
import { useEffect, useRef } from 'react';
import type { ContextWithoutVariables } from '../state/variables.ts';
import { shiftRange, zoomOut } from '../state/time-shift.ts';

const actions: Readonly<Record<string, (bounds: ContextWithoutVariables) => void>> = {
  '-': zoomOut,
  ArrowLeft: (bounds) => shiftRange(bounds, -1),
  ArrowRight: (bounds) => shiftRange(bounds, 1),
};

/** Longer ago than this, a `t` begins nothing. */
const patienceMillis = 1_000;

export function useTimeShortcuts(bounds: ContextWithoutVariables): void {
  const latest = useRef(bounds);
  latest.current = bounds;
  useEffect(() => {
    let begunMillis = 0;
    const onKey = (event: KeyboardEvent): void => {
      if (isTyped(event)) return;
      if (Date.now() - begunMillis < patienceMillis) actions[event.key]?.(latest.current);
      begunMillis = event.key === 't' ? Date.now() : 0;
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

const isTyped = ({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  ctrlKey ||
  metaKey ||
  altKey ||
  (target instanceof Element && target.closest('input, textarea, [role=dialog]') !== null);
