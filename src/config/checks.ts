/** Small checks of unknown values, which the tables of `validate-*.ts` are made of. Each finds all that is wrong. */
import { quoteList } from '../errors.ts';
import { nearestName } from '../catalog/nearest-name.ts';
import { keyPath, problem, type Problem } from './problem.ts';

export type Check = (value: unknown, path: string) => readonly Problem[];

export const anything: Check = () => [];

/** A value that a test accepts. `rule` ends the sentence `Cannot use <path> as ...`. */
export function rule(sentence: string, accepts: (value: unknown) => boolean, fix?: string): Check {
  return (value, path) => (accepts(value) ? [] : [problem(sentence, { path, value, fix })]);
}

/** Text that matches a pattern. */
export function text(sentence: string, pattern: RegExp, fix?: string): Check {
  return rule(sentence, (value) => typeof value === 'string' && pattern.test(value), fix);
}

/** A number of a range; `above` and `below` leave the bound itself out. */
export function number(
  sentence: string,
  range: { readonly min?: number; readonly max?: number; readonly above?: number; readonly below?: number },
): Check {
  const { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity } = range;
  return rule(
    sentence,
    (value) =>
      typeof value === 'number' &&
      Number.isFinite(value) &&
      value >= min &&
      value <= max &&
      value > above &&
      value < below,
  );
}

export const flag: Check = rule('a switch must be true or false', (value) => typeof value === 'boolean');

/** One of these names; a near miss is named. */
export function oneOf(what: string, names: readonly string[]): Check {
  return (value, path) => {
    if (typeof value === 'string' && names.includes(value)) return [];
    const near = typeof value === 'string' ? nearestName(value, names) : undefined;
    const fix = near === undefined ? undefined : `did you mean "${near}"?`;
    return [problem(`${what} must be ${oneOfThem(names)}`, { path, value, fix })];
  };
}

/** Lists that nobody would read are counted instead. */
function oneOfThem(names: readonly string[]): string {
  if (names.length === 0) return 'a known one, but there is none';
  return names.length > 20 ? `one of the ${names.length} known` : `one of ${quoteList(names)}`;
}

/** A list whose items all pass; `least` items at the least. */
export function list(what: string, item: Check, least = 0): Check {
  return (value, path) => {
    const sentence = `a list of ${what}${least > 0 ? ' must not be empty' : ' must be an array'}`;
    if (!Array.isArray(value) || value.length < least) return [problem(sentence, { path, value })];
    return value.flatMap((entry: unknown, index) => item(entry, `${path}[${index}]`));
  };
}

/** An object of known fields. Keys whose value is `undefined` count as left out. */
export function fields(what: string, checks: Readonly<Record<string, Check>>, required: readonly string[] = []): Check {
  return (value, path) => {
    if (!isRecord(value)) return [problem(`${what} must be an object`, { path, value })];
    const missing = required.filter((key) => value[key] === undefined);
    return [
      ...missing.map((key) => problem(`${what} must have "${key}"`, { path, value })),
      ...entriesOf(value).flatMap(([key, entry]) => {
        const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
        return check === undefined
          ? unknownKey(what, key, path, Object.keys(checks))
          : check(entry, keyPath(path, key));
      }),
    ];
  };
}

/** An object whose keys are names given by the user. */
export function record(what: string, key: Check, entry: Check): Check {
  return (value, path) => {
    if (!isRecord(value)) return [problem(`${what} must be an object`, { path, value })];
    return entriesOf(value).flatMap(([name, item]) => [
      ...key(name, keyPath(path, name)),
      ...entry(item, keyPath(path, name)),
    ]);
  };
}

/** All of these; later ones only see a value that the earlier ones accept. */
export function all(...checks: readonly Check[]): Check {
  return (value, path) => {
    for (const check of checks) {
      const problems = check(value, path);
      if (problems.length > 0) return problems;
    }
    return [];
  };
}

/** All of these, and every one is asked. */
export function each(...checks: readonly Check[]): Check {
  return (value, path) => checks.flatMap((check) => check(value, path));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entriesOf(value: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(value).filter(([, entry]) => entry !== undefined);
}

function unknownKey(what: string, key: string, path: string, known: readonly string[]): Problem[] {
  const near = nearestName(key, known);
  const fix = near === undefined ? undefined : `did you mean "${near}"?`;
  const place = { path: keyPath(path, key), value: key, fix };
  return [problem(`${what} must only have ${quoteList(known)}`, place)];
}
