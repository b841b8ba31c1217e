/** What is wrong with one value of a config. */

export interface Problem {
  /** Where it stands, e.g. `services[1].name`; empty for the config as a whole. */
  readonly path: string;
  /** `Cannot use <path> as <rule>: current value is <value>`. */
  readonly message: string;
  /** What to do about it, where the rule does not say it already. */
  readonly fix?: string;
}

interface ProblemDetails {
  readonly path: string;
  readonly value: unknown;
  /** Shown in the place of the value, where that may be a secret. */
  readonly shown?: string;
  readonly fix?: string | undefined;
}

/** @param rule what the value breaks, e.g. `a service name must be lower case letters` */
export function problem(rule: string, { path, value, shown, fix }: ProblemDetails): Problem {
  const message = `Cannot use ${path === '' ? 'the config' : path} as ${rule}: current value is ${shown ?? show(value)}`;
  return { path, message, ...(fix === undefined ? {} : { fix }) };
}

/** A value as short text. */
export function show(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value === 'number') return String(value);
  const text = toJson(value) ?? 'undefined';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** The path of a key: `alerts.HighErrorRate`, or `naming["a-b"]` where the key is not a plain word. */
export function keyPath(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return 'an object that refers to itself';
  }
}
