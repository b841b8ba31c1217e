/** What Grafana reads when it starts: its data sources, and the folder of the dashboards. */
import type { Model } from '../model/model.ts';
import { dashboardsFolder } from '../stack/monitoring-containers.ts';
import type { FileSet } from './file-set.ts';
import { mapStrings, toYaml } from './yaml.ts';

const folder = 'monitoring/grafana/provisioning';

/** Fixed, so that links and exemplars find them. */
export const dataSourceUids = { prometheus: 'telltale-prometheus', alertmanager: 'telltale-alertmanager' } as const;

export function grafanaProvisioning(model: Model): FileSet {
  return new Map([
    [`${folder}/datasources/telltale.yml`, dataSources(model)],
    [`${folder}/dashboards/telltale.yml`, dashboardProvider()],
  ]);
}

/** Grafana replaces `$NAME` by variables of its environment: a plain `$` is written twice. */
export function escapeProvisioning(text: string): string {
  return text.replaceAll('$', '$$$$');
}

function dataSources({ addresses, timing }: Model): string {
  const sources = [
    {
      name: 'Prometheus',
      uid: dataSourceUids.prometheus,
      type: 'prometheus',
      access: 'proxy',
      url: `http://${addresses.prometheus}`,
      isDefault: true,
      editable: false,
      jsonData: {
        httpMethod: 'POST',
        timeInterval: timing.scrapeInterval,
        prometheusType: 'Prometheus',
        alertmanagerUid: dataSourceUids.alertmanager,
      },
    },
    {
      name: 'Alertmanager',
      uid: dataSourceUids.alertmanager,
      type: 'alertmanager',
      access: 'proxy',
      url: `http://${addresses.alertmanager}`,
      editable: false,
      jsonData: { implementation: 'prometheus', handleGrafanaManagedAlerts: false },
    },
  ];
  return toYaml(
    mapStrings({ apiVersion: 1, prune: true, datasources: sources }, escapeProvisioning),
    'src/emit/grafana-provisioning.ts and telltale.config.ts',
  );
}

function dashboardProvider(): string {
  const provider = {
    name: 'telltale',
    type: 'file',
    folder: 'Telltale',
    disableDeletion: true,
    allowUiUpdates: false,
    updateIntervalSeconds: 30,
    options: { path: dashboardsFolder, foldersFromFilesStructure: false },
  };
  return toYaml(
    mapStrings({ apiVersion: 1, providers: [provider] }, escapeProvisioning),
    'src/emit/grafana-provisioning.ts',
  );
}
