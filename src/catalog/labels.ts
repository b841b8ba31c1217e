/** Every label of the catalog and what bounds it: a closed list of values, or a cap on how many there may be. */

export interface ClosedLabel {
  readonly values: readonly string[];
  /** What a value outside the list is recorded as; absent where the type system leaves no way to pass one. */
  readonly otherwise?: string;
}

export interface CappedLabel {
  /** The most distinct values one process may record; the next is recorded as `overflow`. */
  readonly cap: number;
  /** Where values come from. */
  readonly from: string;
  readonly values?: never;
}

export type LabelSpec = ClosedLabel | CappedLabel;

export const httpMethod = {
  values: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE', 'other'],
  otherwise: 'other',
} as const satisfies LabelSpec;
export const route = {
  cap: 500,
  from: 'route templates of the application, and "unmatched"',
} as const satisfies LabelSpec;
export const statusCode = {
  cap: 60,
  from: 'HTTP status codes as sent; 499 for an abort before headers',
} as const satisfies LabelSpec;
export const abortPhase = { values: ['before_headers', 'mid_stream'] } as const satisfies LabelSpec;
export const rejectReason = {
  values: ['parse_error', 'header_overflow', 'timeout', 'dropped'],
} as const satisfies LabelSpec;
export const streamKind = { values: ['sse', 'upgrade'] } as const satisfies LabelSpec;
export const dependency = {
  cap: 50,
  from: 'declared dependencies; any other host is "other"',
} as const satisfies LabelSpec;
export const errorType = { cap: 100, from: 'error class names and codes' } as const satisfies LabelSpec;
export const trueOrFalse = { values: ['true', 'false'] } as const satisfies LabelSpec;
export const pool = { cap: 20, from: 'names given to instrumentPool()' } as const satisfies LabelSpec;
export const poolState = { values: ['used', 'idle'] } as const satisfies LabelSpec;
export const sqlOperation = {
  values: ['select', 'insert', 'update', 'delete', 'transaction', 'ddl', 'other'],
  otherwise: 'other',
} as const satisfies LabelSpec;
export const sqlstateClass = {
  cap: 50,
  from: 'SQLSTATE classes (23, 40, 57 ...), "network", "timeout" or "other"',
} as const satisfies LabelSpec;
export const cacheName = {
  cap: 50,
  from: 'names given to instrumentCache() and instrumentRedis()',
} as const satisfies LabelSpec;
export const cacheResult = { values: ['hit', 'miss', 'error'] } as const satisfies LabelSpec;
export const cacheOperation = {
  values: ['get', 'set', 'delete', 'other'],
  otherwise: 'other',
} as const satisfies LabelSpec;
export const check = { cap: 50, from: 'names of health checks' } as const satisfies LabelSpec;
export const version = { cap: 10, from: 'the version a service says it is' } as const satisfies LabelSpec;
export const commit = { cap: 10, from: 'the commit a service says it was built from' } as const satisfies LabelSpec;
export const jobName = { cap: 100, from: 'names given to instrumentJob()' } as const satisfies LabelSpec;
export const jobResult = { values: ['success', 'failure'] } as const satisfies LabelSpec;
export const queue = { cap: 50, from: 'names given to observeQueue()' } as const satisfies LabelSpec;
export const backup = { cap: 20, from: 'names given to the backup recorder' } as const satisfies LabelSpec;
export const contentKind = {
  values: ['course', 'lesson', 'assignment', 'comment', 'other'],
  otherwise: 'other',
} as const satisfies LabelSpec;
export const paymentStatus = { values: ['succeeded', 'failed'] } as const satisfies LabelSpec;
export const currency = { cap: 20, from: 'ISO 4217 codes, lower case' } as const satisfies LabelSpec;
export const gcKind = { values: ['major', 'minor', 'incremental', 'weakcb'] } as const satisfies LabelSpec;
export const heapSpace = { cap: 20, from: "V8's names of the spaces of its heap" } as const satisfies LabelSpec;
export const nodeVersionPart = { cap: 10, from: 'the version of Node' } as const satisfies LabelSpec;
export const resourceType = {
  cap: 40,
  from: "Node's names of resources, handles and requests",
} as const satisfies LabelSpec;
export const spanDropReason = {
  values: ['queue_full', 'export_failed', 'shutdown'],
} as const satisfies LabelSpec;
export const exporterName = { values: ['otlp', 'jaeger'] } as const satisfies LabelSpec;
export const metric = { cap: 200, from: 'names of metrics of the catalog' } as const satisfies LabelSpec;
export const sloName = { cap: 20, from: 'SLOs of the model' } as const satisfies LabelSpec;
export const le = { cap: 30, from: 'bucket bounds' } as const satisfies LabelSpec;

/** Labels of exporters: their values come from the system they watch. */
export const device = { cap: 50, from: 'devices of the host' } as const satisfies LabelSpec;
export const mountpoint = { cap: 50, from: 'mount points of the host' } as const satisfies LabelSpec;
export const fstype = { cap: 20, from: 'file system types of the host' } as const satisfies LabelSpec;
export const cpu = { cap: 256, from: 'processors of the host' } as const satisfies LabelSpec;
export const cpuMode = { cap: 10, from: 'CPU modes of the kernel' } as const satisfies LabelSpec;
export const database = { cap: 50, from: 'databases of the server' } as const satisfies LabelSpec;
export const pgState = { cap: 10, from: 'states of pg_stat_activity' } as const satisfies LabelSpec;
export const lockMode = { cap: 12, from: 'lock modes of PostgreSQL' } as const satisfies LabelSpec;
export const pgServer = {
  cap: 10,
  from: 'address of the server, as the exporter connects to it',
} as const satisfies LabelSpec;
export const queryId = {
  cap: 100,
  from: 'ids of pg_stat_statements (the exporter exports the top ones)',
} as const satisfies LabelSpec;
export const role = { cap: 20, from: 'roles of the server' } as const satisfies LabelSpec;
export const container = { cap: 200, from: 'containers of the host' } as const satisfies LabelSpec;
export const image = { cap: 200, from: 'container images of the host' } as const satisfies LabelSpec;
export const podName = { cap: 500, from: 'pods of the namespace' } as const satisfies LabelSpec;
export const alertName = { cap: 100, from: 'alert rules' } as const satisfies LabelSpec;
export const alertState = { values: ['pending', 'firing'] } as const satisfies LabelSpec;
export const severity = { values: ['critical', 'warning', 'info', 'none'] } as const satisfies LabelSpec;
export const component = {
  values: ['api', 'runtime', 'database', 'cache', 'infrastructure', 'backup', 'business', 'monitoring'],
} as const satisfies LabelSpec;
export const integration = { cap: 15, from: 'receiver kinds of Alertmanager' } as const satisfies LabelSpec;
export const failureReason = { cap: 20, from: 'failure reasons of Alertmanager' } as const satisfies LabelSpec;
export const ruleGroup = { cap: 100, from: 'rule groups' } as const satisfies LabelSpec;
export const alertmanagerAddress = {
  cap: 5,
  from: 'Alertmanagers that Prometheus sends to',
} as const satisfies LabelSpec;
export const remoteName = { cap: 5, from: 'remote write destinations' } as const satisfies LabelSpec;
export const remoteUrl = { cap: 5, from: 'remote write destinations' } as const satisfies LabelSpec;
