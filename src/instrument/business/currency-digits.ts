/**
 * How many digits a currency has after its point, as ISO 4217 says. Not as `Intl` does: its data is of what is shown, and
 * drops the digits of some twenty currencies (HUF, IDR, PKR, COP ...), so that a hundred forints would become ten thousand.
 * Source: https://www.six-group.com/en/products-services/financial-information/data-standards.html (list one)
 */

const usualDigits = 2;

const otherDigits: Readonly<Record<number, readonly string[]>> = {
  0: 'bif clp djf gnf isk jpy kmf krw pyg rwf ugx uyi vnd vuv xaf xof xpf'.split(' '),
  3: ['bhd', 'iqd', 'jod', 'kwd', 'lyd', 'omr', 'tnd'],
  4: ['clf', 'uyw'],
};

const digitsOf: ReadonlyMap<string, number> = new Map(
  Object.entries(otherDigits).flatMap(([digits, codes]) => codes.map((code) => [code, Number(digits)] as const)),
);

/**
 * @param currency In lower case.
 * @throws RangeError for what is no code of three letters
 */
export function minorDigits(currency: string): number {
  if (!/^[a-z]{3}$/.test(currency)) throw new RangeError('not a code of a currency');
  return digitsOf.get(currency) ?? usualDigits;
}
