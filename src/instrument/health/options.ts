/** Options of the health endpoints, checked. */
import { aliveCheck } from './recorder.ts';
import {
  aBoolean,
  aDuration,
  aFunction,
  aText,
  checkOptions,
  type OptionRules,
  recorderRules,
} from '../metrics/option-checks.ts';

export interface HealthPaths {
  readonly health: string;
  readonly ready: string;
}

export const healthDefaults = { timeoutMillis: 2_000, cacheMillis: 1_000, intervalMillis: 10_000 } as const;

const defaultPaths = { health: '/health', ready: '/ready' } as const;

/** Of a check that is more than a function. */
const declaredRules: OptionRules = { check: aFunction, critical: aBoolean, timeoutMillis: aDuration };

const healthRules: OptionRules = {
  ...recorderRules,
  checks: {
    expects: `an object of functions or { check, critical, timeoutMillis }, none of them called "${aliveCheck}"`,
    accepts: (value) =>
      isObject(value) && !Object.hasOwn(value, aliveCheck) && Object.values(value).every(isDeclaration),
  },
  paths: {
    expects: 'an object with paths "health" and "ready" that start with "/" and differ',
    accepts: (value) => isObject(value) && arePaths({ ...defaultPaths, ...value }),
  },
  timeoutMillis: aDuration,
  cacheMillis: aDuration,
  intervalMillis: aDuration,
  body: aFunction,
  version: aText,
  commit: aText,
};

/** @throws TELLTALE_OPTION */
export function checkHealthOptions(options: unknown): void {
  checkOptions('use healthEndpoints()', options, healthRules);
}

/** The paths that the endpoints answer. */
export function healthPaths({ health, ready }: Partial<HealthPaths> = {}): HealthPaths {
  return { health: health ?? defaultPaths.health, ready: ready ?? defaultPaths.ready };
}

function arePaths({ health, ready, ...others }: Readonly<Record<string, unknown>>): boolean {
  const paths = [health, ready];
  const valid = paths.every((path) => typeof path === 'string' && path.startsWith('/'));
  return valid && health !== ready && Object.keys(others).length === 0;
}

function isDeclaration(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (!isObject(value) || typeof value['check'] !== 'function') return false;
  return Object.entries(value).every(
    ([name, each]) => each === undefined || declaredRules[name]?.accepts(each) === true,
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
