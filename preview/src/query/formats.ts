/**
 * The ways in which Grafana writes a variable's value: `${name:pipe}`.
 * Source: https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/#advanced-variable-format-options
 */

export interface Formattable {
  readonly name: string;
  readonly values: readonly string[];
  /** Whether it is a list, even of one. */
  readonly list: boolean;
}

type Format = (value: Formattable) => string;

const glob: Format = ({ values }) => (values.length > 1 ? braced(values) : values.join(''));
const csv: Format = ({ values }) => values.join(',');

const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['prometheus', prometheus],
  ['glob', glob],
  ['csv', csv],
  ['raw', csv],
  ['pipe', ({ values }) => values.join('|')],
  ['regex', regex],
  ['json', ({ values, list }) => (list ? JSON.stringify(values) : values.join(''))],
  ['text', ({ values }) => values.join(' + ')],
  ['doublequote', ({ values }) => values.map((value) => `"${value.replaceAll('"', String.raw`\"`)}"`).join(',')],
  ['singlequote', ({ values }) => values.map((value) => `'${value.replaceAll("'", String.raw`\'`)}'`).join(',')],
  ['percentencode', ({ values, list }) => encodePart(list ? braced(values) : values.join(''))],
  ['uriencode', ({ values, list }) => encodeAddress(list ? braced(values) : values.join(''))],
  ['queryparam', ({ name, values }) => values.map((value) => parameter(name, value)).join('&')],
]);

/** An unknown format is `glob`, as in Grafana. */
export function formatValue(format: string, value: Formattable): string {
  return (formats.get(format) ?? glob)(value);
}

/** `var-<name>=<value>` as Grafana writes it in addresses. */
export function parameter(name: string, value: string): string {
  return `var-${encodePart(name)}=${encodePart(value)}`;
}

/** As in Grafana's Prometheus data source: what stands between the double quotes of a matcher. */
function prometheus({ values, list }: Formattable): string {
  if (!list) return inString(values.join(','));
  const alternatives = values.map((value) => inString(escapeRegex(value)));
  return alternatives.length === 1 ? alternatives.join('') : `(${alternatives.join('|')})`;
}

function regex({ values }: Formattable): string {
  const alternatives = values.map((value) => escapeRegex(value).replaceAll('/', String.raw`\/`));
  return alternatives.length === 1 ? alternatives.join('') : `(${alternatives.join('|')})`;
}

/** What RE2 and JavaScript give a meaning to. */
const escapeRegex = (value: string): string => value.replaceAll(/[\\^$*+?.()|[\]{}]/g, String.raw`\$&`);

/** In a double-quoted string of PromQL. */
const inString = (value: string): string =>
  value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);

const braced = (values: readonly string[]): string => `{${values.join(',')}}`;

const encodePart = (text: string): string => encodeRest(encodeURIComponent(text));
const encodeAddress = (text: string): string => encodeRest(encodeURI(text));

/** What JavaScript leaves, though RFC 3986 reserves it. */
function encodeRest(encoded: string): string {
  return encoded.replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
