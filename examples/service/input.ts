/** Reads what callers send: each reader returns a checked value, or throws a 400 that names the field. */
import type { Request } from 'express';
import { HttpError } from './http-error.ts';

/** Checks one value; returns it, or what is wrong with it. */
export type Reader<T> = (value: unknown) => { readonly value: T } | { readonly problem: string };

export function text(maxLength: number): Reader<string> {
  return (value) => {
    if (typeof value !== 'string' || value.trim() === '') return { problem: 'must be a text' };
    return value.length > maxLength ? { problem: `must have at most ${maxLength} characters` } : { value };
  };
}

export function integer(min: number, max: number): Reader<number> {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? { value }
      : { problem: `must be a whole number from ${min} to ${max}` };
}

export function oneOf<const T extends string>(...allowed: readonly T[]): Reader<T> {
  return (value) => {
    const found = allowed.find((each) => each === value);
    return found === undefined ? { problem: `must be one of ${allowed.join(', ')}` } : { value: found };
  };
}

export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value) => (value === undefined ? { value } : reader(value));
}

type Fields = Readonly<Record<string, Reader<unknown>>>;
type ValuesOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Reader<infer T> ? T : never };

/**
 * Reads the fields of a JSON body, and reports all that is wrong with it at once.
 * @example const { title } = readBody(request, { title: text(100) });
 */
export function readBody<F extends Fields>(request: Request, fields: F): ValuesOf<F> {
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null) throw new HttpError(400, 'The body must be a JSON object.');
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(fields)) {
    const result = read((body as Readonly<Record<string, unknown>>)[name]);
    if ('problem' in result) problems.push(`${name} ${result.problem}`);
    else values[name] = result.value;
  }
  if (problems.length > 0) throw new HttpError(400, `${problems.join('; ')}.`);
  return values as ValuesOf<F>;
}

/** An id in the path. */
export function readId(request: Request, name: string): number {
  const id = Number(request.params[name]);
  if (!Number.isInteger(id) || id < 1 || id > 2_147_483_647) throw new HttpError(400, `${name} must be an id.`);
  return id;
}

/** One value of the query string, or the default. */
export function readQuery(request: Request, name: string, otherwise: string): string {
  const value = request.query[name];
  return typeof value === 'string' ? value : otherwise;
}
