/** Options of the runtime factories, checked once, when the factory is called: everything wrong is said together. */
import { nameableMetrics } from '../../catalog/all-metrics.ts';
import { businessCatalog } from '../../catalog/business.ts';
import type { MetricEntry } from '../../catalog/metric.ts';
import { namedNamings } from '../../catalog/naming.ts';
import { type NamingProblem, namingProblems } from '../../catalog/naming-problems.ts';
import { nearestName } from '../../catalog/nearest-name.ts';
import { TelltaleError, quoteList } from '../../errors.ts';

export interface OptionRule {
  /** Completes "must be ...". */
  readonly expects: string;
  readonly accepts: (value: unknown) => boolean;
  /** What is wrong inside a value that is accepted as such, in sentences. */
  readonly problems?: (value: unknown) => readonly string[];
}

export type OptionRules = Readonly<Record<string, OptionRule>>;

const hasMethods = (value: unknown, names: readonly string[]): boolean =>
  names.every((name) => typeof (value as Record<string, unknown> | null)?.[name] === 'function');

export const aFunction: OptionRule = { expects: 'a function', accepts: (value) => typeof value === 'function' };
export const aBoolean: OptionRule = { expects: 'true or false', accepts: (value) => typeof value === 'boolean' };
export const aText: OptionRule = {
  expects: 'a text that is not empty',
  accepts: (value) => typeof value === 'string' && value !== '',
};
export const aPath: OptionRule = {
  expects: 'a path that starts with "/"',
  accepts: (value) => typeof value === 'string' && value.startsWith('/'),
};
export const aDuration: OptionRule = {
  expects: 'a positive number of milliseconds',
  accepts: (value) => typeof value === 'number' && value > 0 && Number.isFinite(value),
};
export const aCount: OptionRule = {
  expects: 'a positive whole number',
  accepts: (value) => Number.isInteger(value) && Number(value) > 0,
};

/** @param business Metrics of the business, which may be renamed too. @default those of the shipped example */
export function aNaming(business: readonly MetricEntry[] = Object.values(businessCatalog)): OptionRule {
  const metrics = [...nameableMetrics, ...business];
  return {
    expects: `${namedNamings.map(show).join(', ')} or an object of names`,
    accepts: (value) => namedNamings.includes(value as string) || isNames(value),
    problems: (value) => (isNames(value) ? namingProblems(value, metrics).map(nameProblem) : []),
  };
}

function isNames(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ownMetrics = ' (metrics of your own are renamed where businessMetrics() is called)';

function nameProblem({ keys, rule, value, known }: NamingProblem): string {
  const at = keys.join('.');
  if (known === undefined) return `option "naming" at ${at}: ${rule}, got ${show(value)}`;
  const near = nearestName(String(value), known);
  const among = known.length > 20 ? `one of the ${known.length} known` : `one of ${quoteList(known)}`;
  const isMetric = keys.length === 1;
  const hint = near !== undefined ? `, did you mean "${near}"?` : isMetric ? ownMetrics : '';
  return `option "naming" at ${at}: ${rule} must be ${among}, got ${show(value)}${hint}`;
}

/** Options of every factory that records. */
export const recorderRules: OptionRules = {
  registry: {
    expects: 'a registry of prom-client or @prometheus-io/client',
    accepts: (value) => hasMethods(value, ['registerMetric', 'getSingleMetric', 'metrics']),
  },
  naming: aNaming(),
};

/**
 * @param action What cannot be done, e.g. `use httpMetrics()`.
 * @throws TELLTALE_OPTION naming every option that is unknown or out of its rule.
 */
export function checkOptions(action: string, options: unknown, rules: OptionRules): void {
  if (typeof options !== 'object' || options === null) {
    throw new TelltaleError('TELLTALE_OPTION', `Cannot ${action}: options must be an object, got ${show(options)}`, {
      fix: 'leave the options out, or pass an object',
    });
  }
  const problems = Object.entries(options).flatMap(([name, value]) => problemOf(name, value, rules));
  if (problems.length === 0) return;
  throw new TelltaleError('TELLTALE_OPTION', `Cannot ${action}: ${problems.join('; ')}`, {
    fix: `known options are ${quoteList(Object.keys(rules).toSorted())}`,
  });
}

function problemOf(name: string, value: unknown, rules: OptionRules): readonly string[] {
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (rule === undefined) return [`option "${name}" does not exist`];
  if (value === undefined) return [];
  if (rule.accepts(value)) return rule.problems?.(value) ?? [];
  return [`option "${name}" must be ${rule.expects}, got ${show(value)}`];
}

function show(value: unknown): string {
  return typeof value === 'string'
    ? `"${value}"`
    : typeof value === 'object' && value !== null
      ? 'an object'
      : String(value);
}
