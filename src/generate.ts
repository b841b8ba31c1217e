/** The generator's public API. */
import { validateConfig } from './config/validate.ts';
import { loadConfigFile } from './config/load.ts';
import { toModel } from './config/to-model.ts';
import type { Config } from './config/config.ts';
import { allFiles } from './emit/all-files.ts';
import type { FileSet } from './emit/file-set.ts';
import { runbookFiles } from './emit/runbook-files.ts';
import { checkAlerts } from './lint/alert-checks.ts';
import { ruleSetOf } from './lint/alert-rule-set.ts';
import { lintDashboards } from './lint/dashboard-lint.ts';
import { checkRunbooks } from './lint/runbook-checks.ts';
import { checkExpressions } from './stack/check-expressions.ts';
import { joinPack } from './stack/join-pack.ts';
import type { Pack } from './stack/pack.ts';

export { defineAlert } from './alerts/alert.ts';
export type { Alert, AlertBranch, RecordingRule } from './alerts/alert.ts';
export { defineConfig } from './config/config.ts';
export type { AddedAlert, Config, DatastoreConfig, ReceiverConfig, ServiceConfig } from './config/config.ts';
export { defineMetric } from './config/define-metric.ts';
export type { LabelDeclaration, MetricDeclaration } from './catalog/declared-metric.ts';
export type { Problem } from './config/problem.ts';
export { defineDashboard } from './config/define-dashboard.ts';
export type { AddedDashboard } from './config/define-dashboard.ts';
export type { Panel, Row } from './dashboards/panel.ts';
export type { FileSet } from './emit/file-set.ts';
export { TelltaleError } from './errors.ts';

// What alerts and dashboards of one's own are written in: the catalog, and the words of PromQL over it.
export { backupCatalog } from './catalog/backup.ts';
export { blackboxExporterCatalog } from './catalog/blackbox-exporter.ts';
export { cacheCatalog } from './catalog/cache.ts';
export { cadvisorCatalog } from './catalog/cadvisor.ts';
export { databaseCatalog } from './catalog/database.ts';
export { errorsCatalog } from './catalog/errors.ts';
export { healthCatalog } from './catalog/health.ts';
export { httpCatalog } from './catalog/http.ts';
export { jobsCatalog } from './catalog/jobs.ts';
export { monitoringStackCatalog } from './catalog/monitoring-stack.ts';
export { nodeExporterCatalog } from './catalog/node-exporter.ts';
export { nodejsDefaultsCatalog } from './catalog/nodejs-defaults.ts';
export { nodejsCatalog } from './catalog/nodejs.ts';
export { outboundCatalog } from './catalog/outbound.ts';
export { postgresExporterCatalog } from './catalog/postgres-exporter.ts';
export { recordedCatalog } from './catalog/recorded.ts';
export { redisExporterCatalog } from './catalog/redis-exporter.ts';
export { scrapedCatalog } from './catalog/scraped.ts';
export { rateInterval } from './objectives/duration.ts';
export { labels, promql } from './promql/expression.ts';
export {
  aggregate,
  changes,
  complement,
  increase,
  maxBy,
  minBy,
  overTime,
  predictLinear,
  quantile,
  rate,
  ratio,
  sumBy,
  topk,
} from './promql/functions.ts';
export { bucketAt, buckets, count, counter, gauge, matching, not, notMatching, total } from './promql/selector.ts';

export type { BusinessMetric } from './model/model.ts';
export type { AlertPage, OwnSection } from './runbooks/runbook.ts';

export interface LoadConfigOptions {
  /** The file, relative to `folder`. @default the first telltale.config.{ts,mts,js,mjs,json} in `folder` */
  readonly path?: string;
  /** @default the working folder */
  readonly folder?: string;
}

/**
 * Loads and checks a config file.
 * @throws TelltaleError `TELLTALE_CONFIG` when there is none, when it cannot be evaluated, or with all that is wrong in it
 * @example const files = generate(await loadConfig());
 */
export async function loadConfig({ path, folder = '.' }: LoadConfigOptions = {}): Promise<Config> {
  const self: unknown = await import('./generate.ts');
  const { value } = await loadConfigFile({ path, folder, modules: { 'telltale/generate': self } });
  return validateConfig(value);
}

/**
 * Every file of the pack that a config describes: path relative to the output folder -> text. The same config makes the
 * same bytes.
 * @throws TelltaleError `TELLTALE_CONFIG` with all that is wrong in the config, `TELLTALE_LINK` when an added alert,
 * dashboard or page names something that does not exist, `TELLTALE_PROMQL` when an added expression does not parse or names
 * a metric or label that does not exist
 * @example const files = generate(defineConfig({ services: [{ name: 'shop', url: 'http://localhost:3000' }] }));
 */
export function generate(config: Config = {}): FileSet {
  const pack = packOf(config);
  checkExpressions(pack);
  return allFiles(pack);
}

/** What a check found. */
export interface CheckProblem {
  /** Name of the check, e.g. `alert-rate-window`. */
  readonly check: string;
  /** Alert, record, panel or page that it is about. */
  readonly where: string;
  readonly message: string;
}

/**
 * Everything that can be proven of a config's dashboards, rules and runbooks without a server; empty when all is well.
 * @throws TelltaleError as `generate` does
 */
export function check(config: Config = {}): readonly CheckProblem[] {
  const pack = packOf(config);
  const { model, records, inhibitions } = pack;
  const alerts = pack.alerts.map(({ alert }) => alert);
  return [
    ...checkAlerts(ruleSetOf(model, { alerts, records, inhibitions })).map(({ check, rule, summary, details }) => ({
      check,
      where: rule,
      message: `${summary}: ${details}`,
    })),
    ...lintDashboards(pack).map(({ rule, dashboard, panel, message }) => ({
      check: rule,
      where: panel === undefined ? dashboard : `${dashboard}: ${panel}`,
      message,
    })),
    ...checkRunbooks({ pack, files: runbookFiles(pack) }).map(({ page, problem }) => ({
      check: 'runbook',
      where: page,
      message: problem,
    })),
  ];
}

/** The joined pack of a config, for programs that look at dashboards, alerts and runbooks as data. */
export function packOf(config: Config = {}): Pack {
  const valid = validateConfig(config);
  return joinPack(toModel(valid), valid);
}
