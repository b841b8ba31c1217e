/** Money as integers: minor units go in, and major units come out without the drift of adding floats. */
import { minorDigits } from './currency-digits.ts';

export interface MoneyTotals {
  /**
   * Adds minor units to the total of a series and gives by how much its exposed value, in major units, must grow.
   * @throws RangeError when `minorUnits` is not a whole number from 0 to 2^53, or the currency is none
   */
  add(series: string, currency: string, minorUnits: number | bigint): number;
}

interface Total {
  /** Major units are this many minor ones. */
  readonly minorPerMajor: number;
  minorUnits: bigint;
  /** What the registry's float holds: the same additions in the same order. */
  exposed: number;
}

/** More series than any declaration lets exist; beyond, one total per kind of currency stands for all. */
const mostSeries = 1_000;

/** Totals kept as whole minor units; the exposed float is steered to each total, so that no error is ever carried on. */
export function moneyTotals(): MoneyTotals {
  const totals = new Map<string, Total>();
  const totalOf = (series: string, digits: number): Total => {
    const key = totals.has(series) || totals.size < mostSeries ? series : `of ${digits} digits`;
    const total = totals.get(key) ?? { minorPerMajor: 10 ** digits, minorUnits: 0n, exposed: 0 };
    totals.set(key, total);
    return total;
  };
  return {
    add: (series, currency, minorUnits) => {
      if (!isAmount(minorUnits)) throw new RangeError('not a whole number of minor units');
      const total = totalOf(series, minorDigits(currency));
      total.minorUnits += BigInt(minorUnits);
      const growth = Math.max(0, Number(total.minorUnits) / total.minorPerMajor - total.exposed);
      total.exposed += growth;
      return growth;
    },
  };
}

function isAmount(value: unknown): value is number | bigint {
  if (typeof value !== 'number' && typeof value !== 'bigint') return false;
  return Number.isSafeInteger(Number(value)) && value >= 0;
}
