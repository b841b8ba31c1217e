/** Options of gracefulShutdown(), checked. */
import type { Server } from 'node:net';
import { constants } from 'node:os';
import { TelltaleError } from '../../errors.ts';
import { aFunction, checkOptions, type OptionRule, type OptionRules } from '../metrics/option-checks.ts';
import type { Log, ShutdownStep, TimedStep } from './steps.ts';

export interface GracefulShutdownOptions {
  /** What `healthEndpoints()`, `observe()` or `observedOf()` gave: `/ready` answers 503 from the first moment. @default none */
  readonly health?: { draining(): void };
  /** Servers of node:http, https, http2 or net; `app.server` of Fastify. @default none */
  readonly servers?: readonly Server[];
  /**
   * What is to be done after the last request, one after the other in this order, by name.
   * @default none
   * @example { spans: () => tracer.flush(), jobs: { run: () => queue.close(), timeoutMillis: 15_000 }, database: () => pool.end() }
   */
  readonly steps?: Readonly<Record<string, ShutdownStep | TimedStep>>;
  /** What `metricsServer()` gave: closed last. @default none */
  readonly metrics?: { close(): unknown };
  /**
   * How long the servers go on accepting while `/ready` says 503: as long as load balancers take to notice, and not less than
   * the `keepAliveTimeout` of the servers, so that no idle connection is closed under a request. Milliseconds. @default 5000
   */
  readonly delayMillis?: number;
  /** How long requests may take to end before their connections are cut. Milliseconds. @default 10000 */
  readonly drainTimeoutMillis?: number;
  /** How long a step may take that does not say so itself. Milliseconds. @default 5000 */
  readonly stepTimeoutMillis?: number;
  /**
   * How long all of it may take; what has had no turn by then is skipped. More than the delay, and less than the platform
   * waits before it kills: 30 s for Kubernetes, 10 s for `docker stop`. Milliseconds. @default 25000
   */
  readonly deadlineMillis?: number;
  /** Signals that begin it; none: only `shutDown()` does. @default ['SIGTERM', 'SIGINT'] */
  readonly signals?: readonly NodeJS.Signals[];
  /** Ends the process with this code once done, also after a call by hand. @default the process ends by the signal */
  readonly exitCode?: number;
  /** Takes one line at a time. Should it throw, that is ignored. @default standard error */
  readonly log?: Log;
}

export const shutdownDefaults = {
  delayMillis: 5_000,
  drainTimeoutMillis: 10_000,
  stepTimeoutMillis: 5_000,
  deadlineMillis: 25_000,
  signals: ['SIGTERM', 'SIGINT'],
} as const;

/** No process can listen to these. */
const deafTo = new Set(['SIGKILL', 'SIGSTOP']);

/** Node takes more for a millisecond. */
const longestTimerMillis = 2 ** 31 - 1;

const isTimer = (value: unknown): boolean => typeof value === 'number' && value > 0 && value <= longestTimerMillis;

const aTimeout: OptionRule = {
  expects: `a positive number of milliseconds, at most ${longestTimerMillis}`,
  accepts: isTimer,
};

const shutdownRules: OptionRules = {
  health: { expects: 'an object with draining()', accepts: (value) => hasMethods(value, ['draining']) },
  servers: {
    expects: 'an array of servers',
    accepts: (value) => Array.isArray(value) && value.every((server) => hasMethods(server, ['close', 'on'])),
  },
  steps: {
    expects:
      'an object of functions or { run, timeoutMillis }, none of them called by a number, as those lose their order',
    accepts: (value) =>
      isObject(value) && Object.entries(value).every(([name, step]) => !isIndex(name) && isStep(step)),
  },
  metrics: { expects: 'an object with close()', accepts: (value) => hasMethods(value, ['close']) },
  delayMillis: {
    expects: `a number of milliseconds, 0 to ${longestTimerMillis}`,
    accepts: (value) => value === 0 || isTimer(value),
  },
  drainTimeoutMillis: aTimeout,
  stepTimeoutMillis: aTimeout,
  deadlineMillis: aTimeout,
  signals: {
    expects: 'an array of signals that can be listened to, such as "SIGTERM"',
    accepts: (value) =>
      Array.isArray(value) && value.every((name) => Object.hasOwn(constants.signals, name) && !deafTo.has(name)),
  },
  exitCode: {
    expects: 'a whole number, 0 to 255',
    accepts: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255,
  },
  log: aFunction,
};

/** @throws TELLTALE_OPTION */
export function checkShutdownOptions(options: GracefulShutdownOptions): void {
  checkOptions('use gracefulShutdown()', options, shutdownRules);
  const { delayMillis = shutdownDefaults.delayMillis, deadlineMillis = shutdownDefaults.deadlineMillis } = options;
  if (delayMillis < deadlineMillis) return;
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `Cannot use gracefulShutdown(): option "delayMillis" must be less than "deadlineMillis", got ${delayMillis} and ${deadlineMillis}`,
    { fix: 'leave time for the requests and steps that come after the delay' },
  );
}

function isStep(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (!isObject(value)) return false;
  const { run, timeoutMillis, ...others } = value;
  const timed = timeoutMillis === undefined || isTimer(timeoutMillis);
  return typeof run === 'function' && timed && Object.keys(others).length === 0;
}

function isIndex(name: string): boolean {
  return /^\d+$/.test(name);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Also of functions: the middleware of healthEndpoints() is one. */
function hasMethods(value: unknown, names: readonly string[]): boolean {
  return names.every((name) => typeof (value as Record<string, unknown> | null)?.[name] === 'function');
}
