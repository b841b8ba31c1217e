/** Lists with weights, as in the headers `Accept` and `Accept-Encoding`. */

export interface WeightedValue {
  /** In lower case. */
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** 0, not at all, to 1. */
  readonly weight: number;
}

/** @example weightedValues('gzip;q=0.5, identity') // gzip with 0.5, identity with 1 */
export function weightedValues(header: string): readonly WeightedValue[] {
  return header
    .split(',')
    .map((item) => item.split(';').map((part) => part.trim()))
    .filter(([value]) => value !== '')
    .map(([value = '', ...rest]) => {
      const parameters = new Map(rest.map(parseParameter));
      return { value: value.toLowerCase(), parameters, weight: weightOf(parameters.get('q')) };
    });
}

/** Only where it is named: a scraper that says nothing may not be able to unpack it. */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  return weightedValues(acceptEncoding ?? '').some(
    ({ value, weight }) => (value === 'gzip' || value === 'x-gzip') && weight > 0,
  );
}

function parseParameter(text: string): readonly [string, string] {
  const [name = '', value = ''] = text.split('=', 2);
  return [name.trim().toLowerCase(), value.trim().replaceAll('"', '')];
}

/** What cannot be read as a weight is taken as none given. */
function weightOf(quality: string | undefined): number {
  const weight = Number(quality ?? 1);
  return weight >= 0 && weight <= 1 ? weight : 1;
}
