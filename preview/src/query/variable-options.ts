/** What of the answer to a variable's query may be chosen, and in which order. */

export interface OptionRules {
  /** `/(.+):\d+/`: what does not match is left out, and a group is what is taken. */
  readonly regex?: string;
  /** Number of Grafana's `VariableSort`. @default 0: as they come */
  readonly sort?: number;
}

type Compare = (a: string, b: string) => number;

const natural = new Intl.Collator('en', { numeric: true });
const ignoringCase: Compare = (a, b) => byCode(a.toLowerCase(), b.toLowerCase());
const byNumber: Compare = (a, b) => firstNumber(a) - firstNumber(b);

/** By number of Grafana's `VariableSort`. */
const orders: ReadonlyMap<number, Compare> = new Map<number, Compare>([
  [1, byCode],
  [2, reversed(byCode)],
  [3, byNumber],
  [4, reversed(byNumber)],
  [5, ignoringCase],
  [6, reversed(ignoringCase)],
  [7, natural.compare],
  [8, reversed(natural.compare)],
]);

export function optionsOf(answers: readonly string[], { regex = '', sort = 0 }: OptionRules): string[] {
  const pick = picker(regex);
  const options = [...new Set(answers.flatMap(pick))];
  const order = orders.get(sort);
  return order === undefined ? options : options.toSorted(order);
}

/** @throws when it is no regular expression */
function picker(text: string): (value: string) => string[] {
  if (text === '') return (value) => [value];
  const [, pattern = text, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? [];
  const regex = new RegExp(pattern, flags.replaceAll(/[gy]/g, ''));
  return (value) => {
    const match = regex.exec(value);
    if (match === null) return [];
    return [match.groups?.['value'] ?? match.groups?.['text'] ?? match[1] ?? value];
  };
}

function byCode(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function reversed(compare: Compare): Compare {
  return (a, b) => compare(b, a);
}

/** Options without a number come first. */
function firstNumber(text: string): number {
  return Number(/\d+/.exec(text)?.[0] ?? -1);
}
