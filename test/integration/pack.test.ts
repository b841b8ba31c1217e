/** The shipped pack, live: what is emitted is loaded by real servers, and every query of every board has data. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAmtool } from '../../servers/amtool.ts';
import { findCompose } from '../../servers/compose.ts';
import { type Lab, startLab } from '../../servers/lab/lab.ts';
import { finalProofs, type LabProof, proveLab } from '../../servers/lab/prove-lab.ts';
import { findPromtool } from '../../servers/promtool.ts';
import { packOf } from '../../src/generate.ts';
import { explainEmpty } from '../../src/proof/explain-empty.ts';
import { packSeries } from '../../src/proof/pack-queries.ts';
import { type PrometheusApi, prometheusApi } from '../../src/proof/prometheus-api.ts';
import { proofTable, summary } from '../../src/proof/proof-table.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the committed files', () => {
  it('are a configuration and rules that promtool accepts', async () => {
    const promtool = await findPromtool();
    const config = await promtool.checkConfig(join(root, 'monitoring/prometheus.yml'));
    expect(config.code, config.output).toBe(0);
    const rules = await promtool.checkRules(
      ['alerts/recording-rules.yml', 'monitoring/meta-alerts.yml'].map((file) => join(root, file)),
      { lint: true },
    );
    expect(rules.code, rules.output).toBe(0);
  });

  it('are a configuration that amtool accepts', async () => {
    const { code, output } = await (await findAmtool()).checkConfig(join(root, 'monitoring/alertmanager.yml'));
    expect(code, output).toBe(0);
  });

  it('are a stack that docker-compose accepts, with every profile', async () => {
    const compose = await findCompose();
    const { code, output } = await compose.config(join(root, 'docker-compose.monitoring.yml'), { profiles: ['*'] });
    expect(code, output).toBe(0);
  });
});

describe('the pack, running', () => {
  let lab: Lab;
  let stop: (() => Promise<void>) | undefined;
  let prometheus: PrometheusApi;
  let proof: LabProof;

  beforeAll(async () => {
    lab = await startLab();
    stop = () => lab.stop();
    prometheus = prometheusApi(lab.prometheus.url);
    proof = await proveLab(lab);
  }, 300_000);

  afterAll(() => stop?.());

  it('has data for every query under ordinary traffic, but for those that say what they wait for', () => {
    const without = proof.ordinary.filter(({ status }) => status !== 'data' && status !== 'quiet');
    expect(without, proofTable(without)).toEqual([]);
    process.stdout.write(`${summary(finalProofs(proof))}\n`);
  });

  it('has data for the rest once that has happened', () => {
    const without = proof.provoked.filter(({ status }) => status !== 'data');
    expect(without, proofTable(without)).toEqual([]);
    expect(proof.provoked.length).toBeGreaterThan(0);
  });

  it('has every target up', async () => {
    const targets = await prometheus.targets();
    expect(targets.filter(({ health }) => health !== 'up')).toEqual([]);
    expect([...new Set(targets.map(({ job }) => job))].sort()).toEqual([
      'alertmanager',
      'app',
      'blackbox',
      'node',
      'postgres',
      'prometheus',
      'redis',
    ]);
  });

  it('evaluates every rule without error', () => {
    const { rules } = proof;
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
    const pack = packOf(lab.config);
    expect(rules.length).toBe(pack.alerts.length + pack.records.length);
  });

  it('hands firing alerts to Alertmanager, with a runbook and a dashboard', async () => {
    const response = await fetch(`${lab.alertmanager.url}/api/v2/alerts`);
    const alerts = (await response.json()) as { labels: Record<string, string>; annotations: Record<string, string> }[];
    const nobody = alerts.find(({ labels }) => labels['alertname'] === 'NobodyIsPaged');
    const page = await fetch(nobody?.annotations['runbook_url'] ?? '');
    expect(await page.text()).toContain('\n# NobodyIsPaged\n');
    expect(nobody?.annotations['dashboard_url']).toMatch(/\/d\/telltale-[a-z]+\?viewPanel=\d+/);
  });

  it.each([
    ['no_such_metric', 'no_such_metric is unknown here, and to the catalog'],
    [
      'container_memory_working_set_bytes',
      'container_memory_working_set_bytes is unknown here: it comes from cAdvisor, job "cadvisor"',
    ],
    ['up{job="none"}', 'up exists, but not with job="none"'],
    ['up{job="node",service="api"}', 'up exists, but not with all of its matchers together'],
    ['up * on (job) (up == 2)', 'every selector has series, but they do not join, or only give NaN'],
  ])('says why %s is empty', async (expression, reason) => {
    const known = packSeries(packOf({ ...lab.config, exporters: { containers: true } }));
    expect(await explainEmpty(expression, prometheus, known)).toBe(reason);
  });
});
