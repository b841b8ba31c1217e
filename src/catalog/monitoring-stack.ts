/** The stack's own health: Prometheus (>= 2.42) and Alertmanager (>= 0.25). */
import { alertmanagerAddress, failureReason, integration, remoteName, remoteUrl, ruleGroup } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

const prometheus = { exposedBy: 'prometheus', otel: null, versions: '>=2.42' } as const;
const alertmanager = { exposedBy: 'alertmanager', otel: null, versions: '>=0.25' } as const;
const remote = {
  ...prometheus,
  exposedBy: 'remote-write',
  labels: { remote_name: remoteName, url: remoteUrl },
} as const;

export const monitoringStackCatalog = {
  headSeries: {
    ...prometheus,
    name: 'prometheus_tsdb_head_series',
    kind: 'gauge',
    unit: 'items',
    help: 'Series that Prometheus holds in memory.',
    labels: {},
  },
  samplesAppended: {
    ...prometheus,
    name: 'prometheus_tsdb_head_samples_appended_total',
    kind: 'counter',
    unit: 'items',
    help: 'Samples that Prometheus stored.',
    labels: {},
  },
  blocksBytes: {
    ...prometheus,
    name: 'prometheus_tsdb_storage_blocks_bytes',
    kind: 'gauge',
    unit: 'bytes',
    help: 'Disk that the blocks of Prometheus take.',
    labels: {},
  },
  ruleFailures: {
    ...prometheus,
    name: 'prometheus_rule_evaluation_failures_total',
    kind: 'counter',
    unit: 'items',
    help: 'Rule evaluations that failed.',
    labels: { rule_group: ruleGroup },
  },
  notificationErrors: {
    ...prometheus,
    name: 'prometheus_notifications_errors_total',
    kind: 'counter',
    unit: 'items',
    help: 'Alerts that Prometheus could not hand to an Alertmanager.',
    labels: { alertmanager: alertmanagerAddress },
  },
  notificationsDropped: {
    ...prometheus,
    name: 'prometheus_notifications_dropped_total',
    kind: 'counter',
    unit: 'items',
    help: 'Alerts that Prometheus gave up on.',
    labels: {},
  },
  sampleLimitExceeded: {
    ...prometheus,
    name: 'prometheus_target_scrapes_exceeded_sample_limit_total',
    kind: 'counter',
    unit: 'items',
    help: 'Scrapes thrown away because the target exposed more series than allowed.',
    labels: {},
  },
  configReloaded: {
    ...prometheus,
    name: 'prometheus_config_last_reload_successful',
    kind: 'gauge',
    unit: 'state',
    help: '1 if Prometheus could load its configuration.',
    labels: {},
  },
  remotePending: {
    ...remote,
    name: 'prometheus_remote_storage_samples_pending',
    kind: 'gauge',
    unit: 'items',
    help: 'Samples waiting to be sent to remote storage.',
  },
  remoteFailed: {
    ...remote,
    name: 'prometheus_remote_storage_samples_failed_total',
    kind: 'counter',
    unit: 'items',
    help: 'Samples that remote storage refused.',
  },
  alertmanagerNotifications: {
    ...alertmanager,
    name: 'alertmanager_notifications_total',
    kind: 'counter',
    unit: 'items',
    help: 'Notifications that Alertmanager tried to send, by kind of receiver.',
    labels: { integration },
  },
  alertmanagerFailed: {
    ...alertmanager,
    name: 'alertmanager_notifications_failed_total',
    kind: 'counter',
    unit: 'items',
    help: 'Notifications that failed, by kind of receiver.',
    labels: { integration, reason: failureReason },
  },
  alertmanagerConfigReloaded: {
    ...alertmanager,
    name: 'alertmanager_config_last_reload_successful',
    kind: 'gauge',
    unit: 'state',
    help: '1 if Alertmanager could load its configuration.',
    labels: {},
  },
} as const satisfies MetricCatalog;
