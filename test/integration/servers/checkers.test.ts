import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAmtool, type Amtool } from '../../../servers/amtool.ts';
import { findCompose } from '../../../servers/compose.ts';
import { tempFolder, type TempFolder } from '../../../servers/process/temp-folder.ts';
import { findPromtool, type Promtool } from '../../../servers/promtool.ts';
import { provide } from '../../../servers/provide.ts';

const rules = (expression: string): string => `groups:
  - name: example
    rules:
      - alert: TargetDown
        expr: ${expression}
        for: 1m
`;

const ruleTest = (whenSeconds: number): string => `rule_files: [rules.yml]
tests:
  - name: down
    input_series: [{ series: 'up{job="app"}', values: '0x10' }]
    alert_rule_test:
      - { eval_time: ${whenSeconds}s, alertname: TargetDown, exp_alerts: [{ exp_labels: { job: app } }] }
`;

const routes = `route:
  receiver: quiet
  routes: [{ receiver: pager, matchers: ['severity="critical"'] }]
receivers: [{ name: quiet }, { name: pager }]
templates: ['*.tmpl']
`;

let folder: TempFolder;
let promtool: Promtool;
let amtool: Amtool;

beforeAll(async () => {
  const tools = await provide(['promtool', 'amtool', 'docker-compose']);
  folder = await tempFolder('checkers-test');
  promtool = await findPromtool(tools.promtool);
  amtool = await findAmtool(tools.amtool);
});

afterAll(() => folder.remove());

async function file(name: string, text: string): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, text);
  return path;
}

describe('promtool', () => {
  it('checks rules, and says what is wrong with them', async () => {
    const good = await file('rules.yml', rules('up == 0'));
    expect(await promtool.checkRules([good], { lint: true })).toMatchObject({ code: 0 });
    const bad = await file('bad.yml', rules('up ==='));
    expect(await promtool.checkRules([bad])).toMatchObject({ code: 1, output: expect.stringContaining('parse error') });
  });

  it('counts duplicates as errors only when it lints', async () => {
    const twice = await file('twice.yml', `${rules('up == 0')}${rules('up == 0').split('\n').slice(3).join('\n')}`);
    expect((await promtool.checkRules([twice])).code).toBe(0);
    expect((await promtool.checkRules([twice], { lint: true })).code).not.toBe(0);
  });

  it('tests rules', async () => {
    await file('rules.yml', rules('up == 0'));
    const passing = await file('passing.yml', ruleTest(120));
    const failing = await file('failing.yml', ruleTest(30));
    expect(await promtool.testRules([passing])).toMatchObject({ code: 0 });
    expect(await promtool.testRules([failing])).toMatchObject({ code: 1 });
    expect(await promtool.testRules([failing], { only: 'another' })).toMatchObject({ code: 0 });
  });

  it('checks a configuration with the files it names', async () => {
    await file('rules.yml', rules('up == 0'));
    const config = await file('prometheus.yml', 'rule_files: [rules.yml]\n');
    expect(await promtool.checkConfig(config)).toMatchObject({ code: 0 });
    const broken = await file('broken.yml', 'rule_files: [missing.yml]\n');
    expect((await promtool.checkConfig(broken)).output).toContain('missing.yml');
  });

  it('checks an exposition', async () => {
    const good = '# HELP app_jobs_total Jobs.\n# TYPE app_jobs_total counter\napp_jobs_total 1\n';
    expect(await promtool.checkMetrics(good)).toMatchObject({ code: 0 });
    expect((await promtool.checkMetrics(good.replaceAll('app_jobs_total', 'app_jobs'))).code).toBe(3);
  });

  it('makes history', async () => {
    const samples = '# TYPE up gauge\nup{job="app"} 1 1700000000\nup{job="app"} 0 1700000060\n# EOF\n';
    const data = join(folder.path, 'data');
    expect(await promtool.createBlocks(await file('history.om', samples), data)).toMatchObject({ code: 0 });
    expect(await readdir(data)).toHaveLength(1);
  });
});

describe('amtool', () => {
  it('checks a configuration with its templates', async () => {
    const config = await file('alertmanager.yml', routes);
    await file('pager.tmpl', '{{ define "title" }}{{ .Status }}{{ end }}');
    const good = await amtool.checkConfig(config);
    expect(good).toMatchObject({ code: 0, output: expect.stringContaining('SUCCESS') });
    await file('pager.tmpl', '{{ define "title" }}{{ .Status }}');
    expect((await amtool.checkConfig(config)).code).toBe(1);
  });

  it('says where an alert goes', async () => {
    const config = await file('alertmanager.yml', routes);
    expect(await amtool.receivers(config, { severity: 'critical', summary: 'two words' })).toEqual(['pager']);
    expect(await amtool.receivers(config, { severity: 'warning' })).toEqual(['quiet']);
  });
});

describe('docker-compose', () => {
  it('resolves a compose file without an engine, and refuses a wrong one', async () => {
    const compose = await findCompose();
    const text = 'name: x\nservices: { app: { image: "app:${TAG:?set it}" }, extra: { image: e, profiles: [more] } }\n';
    const path = await file('compose.yml', text);
    const resolved = await compose.config(path, { env: { TAG: '1' }, format: 'json', profiles: ['more'] });
    expect(Object.keys((JSON.parse(resolved.stdout) as { services: object }).services)).toEqual(['app', 'extra']);
    expect(await compose.config(path)).toMatchObject({ output: expect.stringContaining('set it') });
    const wrong = await file('wrong.yml', 'services: { app: { imag: app } }\n');
    expect((await compose.config(wrong)).code).not.toBe(0);
  });
});
