/** Money as integers: minor units go in, and major units come out without the drift of adding floats. */

/** Digits after the point of a currency, from ISO 4217 as Node knows it: 2 for `usd`, 0 for `jpy`, 3 for `kwd`. */
export function minorDigits(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

export interface MoneyTotals {
  /**
   * Adds minor units to the total of a series and gives by how much its exposed value, in major units, must grow.
   * @throws RangeError when `minorUnits` is not a whole number from 0 up, or the currency is none
   */
  add(series: string, currency: string, minorUnits: number): number;
}

interface Total {
  readonly digits: number;
  minorUnits: number;
  /** What the registry's float holds: the same additions in the same order. */
  exposed: number;
}

/** Totals kept as whole minor units; the exposed float is steered to each total, so that no error is ever carried on. */
export function moneyTotals(): MoneyTotals {
  const totals = new Map<string, Total>();
  return {
    add: (series, currency, minorUnits) => {
      if (!Number.isSafeInteger(minorUnits) || minorUnits < 0)
        throw new RangeError('not a whole number of minor units');
      const total = totals.get(series) ?? { digits: minorDigits(currency), minorUnits: 0, exposed: 0 };
      totals.set(series, total);
      total.minorUnits += minorUnits;
      const growth = Math.max(0, total.minorUnits / 10 ** total.digits - total.exposed);
      total.exposed += growth;
      return growth;
    },
  };
}
