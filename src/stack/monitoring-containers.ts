/** Prometheus, Alertmanager and Grafana. */
import type { Model } from '../model/model.ts';
import type { Container } from './container.ts';

/** `monitoring/` as a folder, so that a file replaced by `telltale generate` is seen: a single file would stay the old one. */
const monitoringAt = (target: string): Container['mounts'][number] => ({ source: './monitoring', target });

export function prometheusContainer({ stack, links }: Model): Container {
  return {
    name: 'prometheus',
    image: 'prometheus',
    command: [
      '--config.file=/etc/prometheus/prometheus.yml',
      '--storage.tsdb.path=/prometheus',
      `--storage.tsdb.retention.time=${stack.retention}`,
      `--storage.tsdb.retention.size=${stack.retentionSize}`,
      `--web.external-url=${links.prometheus}/`,
      '--web.route-prefix=/',
      // Serves /etc/telltale/runbooks at /user/runbooks: where alerts link to unless the config names a better place.
      '--web.user-assets=/etc/telltale',
      '--enable-feature=exemplar-storage',
    ],
    mounts: [
      monitoringAt('/etc/prometheus'),
      { source: './alerts', target: '/etc/alerts' },
      { source: './runbooks', target: '/etc/telltale/runbooks' },
      { volume: 'prometheus-data', target: '/prometheus' },
    ],
    secrets: [],
    networks: ['monitoring', 'exporters', 'joined'],
    reachesHost: true,
    port: { container: 9090, host: stack.ports.prometheus },
    healthPath: '/-/ready',
    limits: { cpus: '2.0', memory: '2G' },
    stopGrace: '60s',
  };
}

/** It reads `secrets/<file>` relative to its working folder. */
export function alertmanagerContainer({ stack, links, receivers }: Model): Container {
  return {
    name: 'alertmanager',
    image: 'alertmanager',
    command: [
      '--config.file=/etc/alertmanager/alertmanager.yml',
      '--storage.path=/alertmanager',
      `--web.external-url=${links.alertmanager}/`,
      '--web.route-prefix=/',
      '--cluster.listen-address=',
    ],
    mounts: [monitoringAt('/etc/alertmanager'), { volume: 'alertmanager-data', target: '/alertmanager' }],
    secrets: [...new Set(receivers.map(({ secretFile }) => secretFile))],
    networks: ['monitoring', 'joined'],
    reachesHost: true,
    port: { container: 9093, host: stack.ports.alertmanager },
    healthPath: '/-/ready',
    limits: { cpus: '0.5', memory: '256M' },
    stopGrace: '30s',
    workingFolder: '/run',
  };
}

export const grafanaPassword = 'grafana-admin-password';
export const grafanaSecretKey = 'grafana-secret-key';

/** Where Grafana finds the dashboards; the provisioning names it too. */
export const dashboardsFolder = '/etc/telltale/dashboards';

export function grafanaContainer({ stack, links }: Model): Container {
  return {
    name: 'grafana',
    image: 'grafana',
    command: [],
    environment: {
      GF_SECURITY_ADMIN_PASSWORD__FILE: `/run/secrets/${grafanaPassword}`,
      GF_SECURITY_SECRET_KEY__FILE: `/run/secrets/${grafanaSecretKey}`,
      GF_SECURITY_DISABLE_GRAVATAR: 'true',
      GF_AUTH_ANONYMOUS_ENABLED: 'false',
      GF_USERS_ALLOW_SIGN_UP: 'false',
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
      GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
      GF_NEWS_NEWS_FEED_ENABLED: 'false',
      GF_SNAPSHOTS_EXTERNAL_ENABLED: 'false',
      // Grafana 13 on a read-only root would lose its data sources with the first automatic update.
      GF_PLUGINS_PREINSTALL_AUTO_UPDATE: 'false',
      GF_SERVER_ROOT_URL: `${links.grafana}/`,
      GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: `${dashboardsFolder}/telltale-api.json`,
      GF_LOG_MODE: 'console',
    },
    mounts: [
      { source: './monitoring/grafana/provisioning', target: '/etc/grafana/provisioning' },
      { source: './dashboards', target: dashboardsFolder },
      { volume: 'grafana-data', target: '/var/lib/grafana' },
    ],
    secrets: [grafanaPassword, grafanaSecretKey],
    networks: ['monitoring'],
    reachesHost: false,
    port: { container: 3000, host: stack.ports.grafana },
    healthPath: '/api/health',
    after: ['prometheus'],
    limits: { cpus: '1.0', memory: '512M' },
    stopGrace: '30s',
  };
}
