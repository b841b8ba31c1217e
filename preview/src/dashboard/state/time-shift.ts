/** Neighbouring time ranges, as `from` and `to` of the address. */
import { changeAddress } from './address.ts';

interface Bounds {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

export const showRange = ({ from, to }: Bounds): void =>
  changeAddress({ from: String(Math.round(from)), to: String(Math.round(to)) });

/** Twice as much: a range up to now stays one, others grow on both sides, never past now. */
export function zoomOut({ from, to, rawTo }: Bounds & { readonly rawTo: string }): void {
  const span = Math.max(2 * (to - from), 1_000);
  if (rawTo === 'now') changeAddress({ from: `now-${durationOf(span)}`, to: 'now' });
  else showRange(endingBeforeNow(to + span / 4, span));
}

/** Half a range earlier or later, never past now. */
export function shiftRange({ from, to }: Bounds, direction: -1 | 1): void {
  const span = to - from;
  showRange(endingBeforeNow(to + (direction * span) / 2, span));
}

function endingBeforeNow(wantedEnd: number, span: number): Bounds {
  const to = Math.min(wantedEnd, Date.now());
  return { from: to - span, to };
}

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
] as const;

/** In the largest unit that it is a whole number of. */
function durationOf(millis: number): string {
  const seconds = Math.round(millis / 1_000);
  const [unit, size] = units.find(([, size]) => seconds % size === 0) ?? ['s', 1];
  return `${seconds / size}${unit}`;
}
