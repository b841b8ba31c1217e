/** The labels of series that all have the same names, as text. */
import { escapeQuoted } from './exposed-text.ts';

/** A label as it is given with each series, and as it is exposed. */
export interface NamedLabel {
  readonly given: string;
  readonly exposed: string;
}

/**
 * Gives the labels of a line and what is between them and its value. Made anew for each page: keeping it would cost a series
 * more memory than it saves time.
 * @param end From the quote behind the last label's value.
 * @example labelWriter([{ given: 'method', exposed: 'method' }])({ method: 'GET' }) // 'method="GET"} '
 */
export function labelWriter(
  labels: readonly NamedLabel[],
  end = '"} ',
): (values: Readonly<Record<string, string>>) => string {
  if (labels.length === 0) return () => '';
  const names = labels.map(({ given }) => given);
  const parts = labels.flatMap(({ exposed }, index) => [`${index === 0 ? '' : '",'}${exposed}="`, '']);
  parts.push(end);
  return (values) => {
    for (let index = 0; index < names.length; index += 1) {
      parts[2 * index + 1] = escapeQuoted(values[names[index] as string] ?? '');
    }
    return flat(parts);
  };
}

/** In one piece: V8 would walk through the parts again in each line that has them. */
export function flat(parts: readonly string[]): string {
  return parts.join('');
}
