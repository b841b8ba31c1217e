/** `monitoring/prometheus.yml`. Paths count from its own folder, which is mounted as it is: it is valid on the host too. */
import type { Model } from '../model/model.ts';
import type { RelabelRule, ScrapeJob } from '../stack/scrape-job.ts';
import { scrapeJobs } from '../stack/scrape-jobs.ts';
import { metaAlertsPath } from './rules.ts';
import { targetsFile } from './targets.ts';
import { toYaml, type YamlValue } from './yaml.ts';

export const prometheusPath = 'monitoring/prometheus.yml';

/** Labels of a series, and bytes of their names and values: far above what the catalog needs. */
const labelLimits = { label_limit: 40, label_name_length_limit: 128, label_value_length_limit: 2_048 } as const;

/** About one a minute for each of 1,500 histogram series and an hour back. */
const maxExemplars = 100_000;

/** How often a name is looked up for the addresses of its replicas. */
const dnsRefresh = '30s';

export function prometheusConfig(model: Model): string {
  const { timing, addresses } = model;
  return toYaml(
    {
      global: {
        scrape_interval: timing.scrapeInterval,
        scrape_timeout: timing.scrapeTimeout,
        evaluation_interval: timing.evaluationInterval,
      },
      rule_files: ['../alerts/*.yml', fromMonitoring(metaAlertsPath)],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [addresses.alertmanager] }] }] },
      storage: { exemplars: { max_exemplars: maxExemplars } },
      scrape_configs: scrapeJobs(model).map(scrapeConfig),
    },
    'src/stack/scrape-jobs.ts and telltale.config.ts',
  );
}

function scrapeConfig(job: ScrapeJob): YamlValue {
  return {
    job_name: job.name,
    metrics_path: job.path,
    params: job.parameters,
    sample_limit: job.limits.samples,
    body_size_limit: job.limits.bodySize,
    ...labelLimits,
    file_sd_configs: job.groups.length === 0 ? undefined : [{ files: [fromMonitoring(targetsFile(job.name))] }],
    dns_sd_configs: nonEmpty(
      job.dns.map(({ name, port }) => ({ names: [name], type: 'A', port, refresh_interval: dnsRefresh })),
    ),
    relabel_configs: nonEmpty(job.relabel.map(relabelConfig)),
    metric_relabel_configs: nonEmpty(job.metricRelabel.map(relabelConfig)),
  };
}

function relabelConfig({ source_labels, regex, target_label, replacement, action }: RelabelRule): YamlValue {
  return { source_labels, regex, target_label, replacement, action };
}

function fromMonitoring(path: string): string {
  return path.replace(/^monitoring\//, '');
}

function nonEmpty(list: readonly YamlValue[]): readonly YamlValue[] | undefined {
  return list.length === 0 ? undefined : list;
}
