/** Checks across values. They look at anything, so that what is wrong elsewhere is reported together with them. */
import { isRecord, type Check } from './checks.ts';
import { problem } from './problem.ts';

/** No two items of a list have the same value of a field. */
export function unique(what: string, field: string): Check {
  return (value, path) => {
    const values = itemsOf(value).map((item) => item[field]);
    return values.flatMap((current, index) => {
      const first = values.indexOf(current);
      if (typeof current !== 'string' || first === index) return [];
      const rule = `${what} must have a ${field} of its own, which ${path}[${first}] has already`;
      return [problem(rule, { path: `${path}[${index}].${field}`, value: current })];
    });
  };
}

/** The items of a list that are objects; an empty object in the place of each other one keeps the positions. */
export function itemsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map((item: unknown) => (isRecord(item) ? item : {})) : [];
}

/** A field of an object, or of nothing. */
export function fieldOf(value: unknown, field: string): unknown {
  return isRecord(value) ? value[field] : undefined;
}
