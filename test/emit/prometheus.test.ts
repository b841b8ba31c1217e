import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { toModel } from '../../src/config/to-model.ts';
import { prometheusConfig } from '../../src/emit/prometheus.ts';
import { targetFiles } from '../../src/emit/targets.ts';
import { escapeReplacement } from '../../src/stack/relabel.ts';

interface Scrape {
  readonly [key: string]: unknown;
  readonly job_name: string;
  readonly file_sd_configs?: readonly { readonly files: readonly string[] }[];
}

const model = toModel({});
const config = load(prometheusConfig(model)) as {
  readonly [key: string]: unknown;
  readonly scrape_configs: readonly Scrape[];
};

describe('prometheusConfig()', () => {
  it('reads rules and targets by paths that count from its own folder', () => {
    expect(config['rule_files']).toEqual(['../alerts/*.yml', 'meta-alerts.yml']);
    const named = config.scrape_configs.flatMap(({ file_sd_configs: files = [] }) =>
      files.flatMap((entry) => entry.files),
    );
    expect(named.map((path) => `monitoring/${path}`)).toEqual([...targetFiles(model).keys()]);
  });

  it('scrapes, evaluates and notifies as the config says', () => {
    const { timing, ...rest } = {
      timing: { scrapeInterval: '5s', scrapeTimeout: '4s', evaluationInterval: '6s' } as const,
      profile: 'loopback' as const,
    };
    expect(load(prometheusConfig(toModel({ timing, ...rest })))).toMatchObject({
      global: { scrape_interval: '5s', scrape_timeout: '4s', evaluation_interval: '6s' },
      alerting: { alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:9093'] }] }] },
    });
  });

  it('bounds every scrape', () => {
    const limits = [
      'sample_limit',
      'body_size_limit',
      'label_limit',
      'label_name_length_limit',
      'label_value_length_limit',
    ];
    const unbounded = config.scrape_configs.filter((scrape) => limits.some((limit) => scrape[limit] === undefined));
    expect(unbounded.map(({ job_name: name }) => name)).toEqual([]);
  });

  it('probes through the blackbox exporter, with the probed URL as the instance', () => {
    expect(config.scrape_configs.find(({ job_name: name }) => name === 'blackbox')).toMatchObject({
      metrics_path: '/probe',
      params: { module: ['http_2xx'] },
      relabel_configs: [
        { source_labels: ['__address__'], target_label: '__param_target' },
        { source_labels: ['__param_target'], target_label: 'instance' },
        { target_label: '__address__', replacement: 'blackbox-exporter:9115' },
      ],
    });
  });
});

describe('escapeReplacement()', () => {
  it('doubles the sign that refers to a group', () => {
    expect(escapeReplacement('a$1b$$')).toBe('a$$1b$$$$');
  });
});
