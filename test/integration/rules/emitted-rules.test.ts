import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allAlerts } from '../../../src/alerts/all-alerts.ts';
import { allRecords } from '../../../src/alerts/recording-rules.ts';
import { ruleContext } from '../../../src/alerts/rule-context.ts';
import { allPresets } from '../../../src/catalog/presets/all-presets.ts';
import type { Config } from '../../../src/config/config.ts';
import { toModel } from '../../../src/config/to-model.ts';
import { alertRules, recordingRules } from '../../../src/emit/rules.ts';
import { yamlBody } from '../../../src/emit/yaml.ts';
import { ruleAlert, storyAlerts } from '../../rules/story-rules.ts';
import { promtoolGenerations } from './generations.ts';

let promtools: Awaited<ReturnType<typeof promtoolGenerations>>;
let folder: string;

beforeAll(async () => {
  promtools = await promtoolGenerations();
  folder = await mkdtemp(join(tmpdir(), 'telltale-rules-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(config: Config): Promise<readonly string[]> {
  const model = toModel(config);
  const context = ruleContext(model);
  const alerts = storyAlerts(model).map((alert) => ruleAlert(alert, model));
  const files = {
    'alerts.yml': alertRules(alerts, { model, context }, 'src/alerts/'),
    'records.yml': recordingRules(allRecords(model), { model, context }),
  };
  await mkdir(folder, { recursive: true });
  return Promise.all(
    Object.entries(files).map(async ([name, text]) => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    }),
  );
}

describe('emitted rules', () => {
  it.each([
    ['default', {}],
    ['containers and Kubernetes', { exporters: { containers: true, kubernetes: true } }],
    ['OpenTelemetry names', { naming: 'otel', identity: { service: 'app', environment: 'env' } }],
    ...allPresets.map(({ id }): [string, Config] => [id, { naming: id }]),
    ['drill', { timing: { scrapeInterval: '1s', evaluationInterval: '1s', speedUp: 30 } }],
  ] satisfies [string, Config][])('of the %s config pass promtool check rules --lint=all', async (_, config) => {
    const files = await write(config);
    for (const promtool of promtools) {
      const { code, output } = await promtool.checkRules(files, { lint: true });
      expect([code, output.includes('FAILED')]).toEqual([0, false]);
    }
  });

  it('say the team by the service, whatever its name holds', async () => {
    const teams = ['a{{ .Broken', 'b{', '"q" }}', "it's $value"];
    const services = teams.map((team, index) => ({ name: `s${index}`, url: 'http://s', team }));
    const model = toModel({ services, exporters: { blackbox: false } });
    const alerts = allAlerts(model).filter(({ name }) => name === 'ServiceDown');
    const rules = alertRules(
      alerts.map((alert) => ruleAlert(alert, model)),
      { model, context: ruleContext(model) },
      'test',
    );
    await writeFile(join(folder, 'teams.yml'), rules);
    await writeFile(join(folder, 'teams.test.yml'), teamTest(teams));
    for (const promtool of promtools) {
      const { code, output } = await promtool.testRules([join(folder, 'teams.test.yml')]);
      expect([code, output.replace(/Unit Testing: .*|SUCCESS/g, '').trim()]).toEqual([0, '']);
    }
  });
});

function teamTest(teams: readonly string[]): string {
  return yamlBody({
    rule_files: ['teams.yml'],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: [{ series: 'unrelated', values: '1x10' }],
        promql_expr_test: [
          {
            expr: 'sum by (service, team) (ALERTS{alertstate="firing"})',
            eval_time: '5m',
            exp_samples: teams.map((team, index) => ({
              labels: `{service="s${index}",team=${JSON.stringify(team)}}`,
              value: 1,
            })),
          },
        ],
      },
    ],
  });
}
