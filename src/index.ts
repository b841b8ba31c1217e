/** `telltale`: the runtime, for services. */
export { traceMixin, type TraceFields } from './correlation/trace-mixin.ts';
export { TelltaleError, type ErrorCode } from './errors.ts';
export type { Registry } from './instrument/metrics/client.ts';
export type { RecorderOptions } from './instrument/metrics/from-catalog.ts';
export type { CheckDeclaration, DeclaredCheck, HealthCheck } from './instrument/health/check.ts';
export { httpCheck, type HttpCheckOptions } from './instrument/health/check-http.ts';
export { type PgConnections, type PgQueryable, postgresCheck } from './instrument/health/check-postgres.ts';
export { redisCheck, type RedisPingable } from './instrument/health/check-redis.ts';
export type { CheckStatus } from './instrument/health/checks.ts';
export {
  type HealthEndpoints,
  healthEndpoints,
  type HealthEndpointsOptions,
} from './instrument/health/health-endpoints.ts';
export type { HealthReport } from './instrument/health/report.ts';
export type { HttpLabel, HttpLabels } from './instrument/http/labels.ts';
export { httpMetrics, type HttpMetricsMiddleware } from './instrument/http/http-metrics.ts';
export type { HttpMetricsOptions } from './instrument/http/options.ts';
export type { ScrapeAuth } from './instrument/exposition/auth.ts';
export {
  aggregateCluster,
  type AggregateClusterOptions,
  type AggregatedCluster,
} from './instrument/exposition/cluster.ts';
export {
  aggregateThreads,
  type AggregateThreadsOptions,
  type AggregatedThreads,
} from './instrument/exposition/threads.ts';
export {
  type MetricsEndpoint,
  metricsEndpoint,
  type MetricsEndpointOptions,
} from './instrument/exposition/metrics-endpoint.ts';
export {
  type MetricsServer,
  metricsServer,
  type MetricsServerOptions,
} from './instrument/exposition/metrics-server.ts';
export { type ObservableApp, observe, type Observed, type ObserveOptions } from './instrument/observe.ts';
export { type PinoHttpOptions, requestLogOptions, type RequestLogOptions } from './instrument/logs/request-log.ts';
export type { LoggedError } from './instrument/logs/request-log-error.ts';
export type { RequestLine } from './instrument/logs/request-log-line.ts';
export {
  type RuntimeMetrics,
  runtimeMetrics,
  type RuntimeMetricsOptions,
} from './instrument/runtime/runtime-metrics.ts';
export {
  type GracefulShutdown,
  gracefulShutdown,
  type GracefulShutdownOptions,
} from './instrument/shutdown/shutdown.ts';
export type { ShutdownReport, ShutdownStep, StepReport, TimedStep } from './instrument/shutdown/steps.ts';
export { type ServiceInfo, serviceInfo, type ServiceInfoOptions } from './instrument/runtime/service-info.ts';
export { listRoutes, type ListedRoute } from './routes/list-routes.ts';
export { routeOf } from './routes/route-of.ts';
export type { Pushgateway } from './instrument/backup/pushgateway.ts';
export {
  backupRecorder,
  type BackupRecorder,
  type BackupRecorderOptions,
  type BackupRun,
} from './instrument/backup/backup-recorder.ts';
export {
  type BusinessMetrics,
  businessMetrics,
  type BusinessMetricsOptions,
} from './instrument/business/business-metrics.ts';
export type { LabelDeclaration, MetricDeclaration } from './catalog/declared-metric.ts';
export type { BusinessLabels, BusinessModel } from './instrument/business/model.ts';
export type {
  BusinessCounter,
  BusinessGauge,
  BusinessHistogram,
  BusinessMoney,
  BusinessRecorder,
} from './instrument/business/recorders.ts';
export { instrumentCache, type InstrumentCacheOptions, type InstrumentedCache } from './instrument/cache/cache.ts';
export {
  type ErrorContext,
  errorMetrics,
  type ErrorMetricsOptions,
  type ErrorMiddleware,
} from './instrument/errors/errors-middleware.ts';
export { type InstrumentedJob, instrumentJob, type InstrumentJobOptions } from './instrument/jobs/jobs.ts';
export { outboundMetrics, type OutboundMetrics, type OutboundMetricsOptions } from './instrument/outbound/outbound.ts';
export type { Dependencies } from './instrument/outbound/dependencies.ts';
export { type InstrumentedPool, instrumentPool, type PgPool } from './instrument/postgres/pool.ts';
export { type InstrumentedPgClient, instrumentPgClient, type PgClient } from './instrument/postgres/pool-client.ts';
export type { InstrumentPoolOptions } from './instrument/postgres/pool-options.ts';
export {
  type ProcessErrorMetrics,
  processErrorMetrics,
  type ProcessErrorMetricsOptions,
} from './instrument/errors/process-errors.ts';
export {
  type ObservedQueue,
  observeQueue,
  type ObserveQueueOptions,
  type QueueReading,
  type ReadQueue,
} from './instrument/jobs/queue.ts';
export { type InstrumentedRedis, instrumentRedis, type InstrumentRedisOptions } from './instrument/redis/redis.ts';
