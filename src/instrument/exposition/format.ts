/** The two formats of an exposition, and which one a scraper gets. */
import { type WeightedValue, weightedValues } from './header.ts';

export type ExpositionFormat = 'text' | 'openmetrics';

export const contentTypes: Readonly<Record<ExpositionFormat, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

const allOffers = [
  { format: 'text', type: 'text/plain', group: 'text/*', version: '0.0.4' },
  { format: 'openmetrics', type: 'application/openmetrics-text', group: 'application/*', version: '1.0.0' },
] as const;

type Offer = (typeof allOffers)[number];

/** How much a header wants an offer: first by weight, then by how exactly it names it. */
interface Wish {
  readonly format: ExpositionFormat;
  readonly weight: number;
  readonly precision: number;
}

export function formatOf(contentType: string): ExpositionFormat {
  return contentType.startsWith('application/openmetrics-text') ? 'openmetrics' : 'text';
}

/**
 * The format that a header `Accept` asks for. Where it wants both alike, or neither, `preferred`: a page that somebody can
 * read is better than a refusal.
 */
export function negotiateFormat(accept: string | undefined, preferred: ExpositionFormat): ExpositionFormat {
  const ranges = weightedValues(accept ?? '');
  const [best, other] = allOffers.map((offer) => wishFor(offer, ranges)).toSorted(byStrength);
  if (best === undefined || other === undefined) return preferred;
  return byStrength(best, other) === 0 ? preferred : best.format;
}

function byStrength(a: Wish, b: Wish): number {
  if (a.weight !== b.weight) return b.weight - a.weight;
  return a.weight === 0 ? 0 : b.precision - a.precision;
}

/** The most exact range that covers an offer decides. */
function wishFor(offer: Offer, ranges: readonly WeightedValue[]): Wish {
  let wish: Wish = { format: offer.format, weight: 0, precision: 0 };
  for (const range of ranges) {
    const precision = precisionOf(range, offer);
    if (precision > wish.precision) wish = { format: offer.format, weight: range.weight, precision };
  }
  return wish;
}

function precisionOf({ value, parameters }: WeightedValue, offer: Offer): number {
  if (value === '*/*') return 1;
  if (value === offer.group) return 2;
  if (value !== offer.type) return 0;
  const version = parameters.get('version');
  return version === undefined ? 3 : version === offer.version ? 4 : 0;
}
