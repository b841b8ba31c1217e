/** Which version of the service runs: the change of `service_info` is what deploy markers are drawn from. */
import { healthCatalog } from '../../catalog/health.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { aText, checkOptions, recorderRules } from '../metrics/option-checks.ts';
import type { BoundedGauge } from '../metrics/bounded-metrics.ts';
import { acquireShared, findShared } from '../metrics/shared-parts.ts';
import { versionSeries } from './version-series.ts';

export interface ServiceInfoOptions extends RecorderOptions {
  /** @default SERVICE_VERSION or npm_package_version of the environment, else 'unknown' */
  readonly version?: string;
  /** @default the commit that the environment names (GIT_COMMIT and what build services set), else 'unknown' */
  readonly commit?: string;
}

export interface ServiceInfo {
  dispose(): void;
}

interface ServiceSeries {
  readonly gauge: BoundedGauge;
  readonly setVersion: (version: string) => void;
  /** What was said last. */
  version: string;
}

const group = 'service-info';
/** Where nobody says which version it is. */
const unknown = 'unknown';

/** The first of these that is set. */
const versionVariables = ['SERVICE_VERSION', 'npm_package_version'] as const;
const commitVariables = [
  'GIT_COMMIT',
  'COMMIT_SHA',
  'GITHUB_SHA',
  'CI_COMMIT_SHA',
  'SOURCE_VERSION',
  'HEROKU_SLUG_COMMIT',
  'RENDER_GIT_COMMIT',
  'VERCEL_GIT_COMMIT_SHA',
] as const;

/**
 * Records `service_info{version, commit}` as 1. Called by `healthEndpoints()` and `observe()`; a later call replaces what
 * an earlier one said.
 * @throws TELLTALE_OPTION, TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 * @example serviceInfo({ version: '1.4.0', commit: process.env.GIT_COMMIT });
 */
export function serviceInfo(options: ServiceInfoOptions = {}): ServiceInfo {
  const { registry, naming, version, commit } = options;
  const own = {
    ...(registry && { registry }),
    ...(naming && { naming }),
    ...(version && { version }),
    ...(commit && { commit }),
  };
  checkOptions('use serviceInfo()', own, { ...recorderRules, version: aText, commit: aText });
  const { value, release } = acquireShared<ServiceSeries>(own, group, (metrics) => ({
    gauge: metrics.gauge(healthCatalog.serviceInfo),
    setVersion: versionSeries(naming ?? 'prometheus', metrics),
    version: unknown,
  }));
  const running = version ?? fromEnvironment(versionVariables);
  value.version = running;
  value.gauge.reset();
  value.gauge.set({ version: running, commit: commit ?? fromEnvironment(commitVariables) }, 1);
  value.setVersion(running);
  return { dispose: release };
}

/** What `service_info` of a registry says now, else what the environment says; undefined where neither knows. */
export function runningVersion(options: RecorderOptions): string | undefined {
  const version = findShared<ServiceSeries>(options, group)?.version ?? fromEnvironment(versionVariables);
  return version === unknown ? undefined : version;
}

function fromEnvironment(variables: readonly string[]): string {
  return variables.map((name) => process.env[name]).find((value) => value !== undefined && value !== '') ?? unknown;
}
