/** Every metric of the catalog, in the order of the reference page. */
import { backupCatalog } from './backup.ts';
import { blackboxExporterCatalog } from './blackbox-exporter.ts';
import { businessCatalog } from './business.ts';
import { cacheCatalog } from './cache.ts';
import { cadvisorCatalog } from './cadvisor.ts';
import { databaseCatalog } from './database.ts';
import { errorsCatalog } from './errors.ts';
import { healthCatalog } from './health.ts';
import { httpCatalog } from './http.ts';
import { jobsCatalog } from './jobs.ts';
import { kitCatalog } from './kit.ts';
import type { Exposer } from './exposers.ts';
import type { MetricEntry } from './metric.ts';
import { monitoringStackCatalog } from './monitoring-stack.ts';
import { nodeExporterCatalog } from './node-exporter.ts';
import { nodejsDefaultsCatalog } from './nodejs-defaults.ts';
import { nodejsCatalog } from './nodejs.ts';
import { outboundCatalog } from './outbound.ts';
import { postgresExporterCatalog } from './postgres-exporter.ts';
import { recordedCatalog } from './recorded.ts';
import { redisExporterCatalog } from './redis-exporter.ts';
import { scrapedCatalog } from './scraped.ts';

export const allMetrics: readonly MetricEntry[] = [
  httpCatalog,
  outboundCatalog,
  errorsCatalog,
  databaseCatalog,
  cacheCatalog,
  businessCatalog,
  healthCatalog,
  nodejsCatalog,
  nodejsDefaultsCatalog,
  jobsCatalog,
  backupCatalog,
  kitCatalog,
  recordedCatalog,
  scrapedCatalog,
  nodeExporterCatalog,
  postgresExporterCatalog,
  redisExporterCatalog,
  blackboxExporterCatalog,
  cadvisorCatalog,
  monitoringStackCatalog,
].flatMap((catalog): MetricEntry[] => Object.values(catalog));

/** Named by Prometheus itself, or by whoever declares them. */
const notNameable: ReadonlySet<Exposer> = new Set(['rules', 'alerts', 'scrape', 'business']);

/** Metrics that a user may give names of their own, beside those of their business. */
export const nameableMetrics: readonly MetricEntry[] = allMetrics.filter(
  ({ exposedBy }) => !notNameable.has(exposedBy),
);
