/** Figures as text: three digits that mean something, and the unit that suits them. */
import type { Estimate } from '../statistics.ts';

export function figure(value: number): string {
  if (!Number.isFinite(value)) return 'n/a';
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2).replace(/^-(0(?:\.0+)?)$/, '$1');
}

/** @example `0.48 (0.47 to 0.50)` */
export function withInterval({ median, low, high }: Estimate, divisor = 1): string {
  return `${figure(median / divisor)} (${figure(low / divisor)} to ${figure(high / divisor)})`;
}
