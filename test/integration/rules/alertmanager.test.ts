import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Amtool, findAmtool } from '../../../servers/amtool.ts';
import { allInhibitions } from '../../../src/alerts/inhibitions.ts';
import type { Config } from '../../../src/config/config.ts';
import { toModel } from '../../../src/config/to-model.ts';
import { alertmanagerFiles, alertmanagerPath, alertmanagerTemplatesPath } from '../../../src/emit/alertmanager.ts';
import { templateNames } from '../../../src/emit/alertmanager-templates.ts';
import { everyReceiver } from '../../emit/alertmanager-receivers.ts';

let amtool: Amtool;
let folder: string;

beforeAll(async () => {
  amtool = await findAmtool();
  folder = await mkdtemp(join(tmpdir(), 'telltale-alertmanager-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The files of a config, with dummy secrets beside them; returns the folder. */
async function write(name: string, config: Config): Promise<string> {
  const model = toModel(config);
  const place = join(folder, name);
  const secrets = model.receivers.map(({ secretFile }): [string, string] => [
    `monitoring/secrets/${secretFile}`,
    'dummy',
  ]);
  for (const [path, text] of [...alertmanagerFiles({ model, inhibitions: allInhibitions(model) }), ...secrets]) {
    await mkdir(dirname(join(place, path)), { recursive: true });
    await writeFile(join(place, path), text);
  }
  return place;
}

describe('the emitted Alertmanager configuration', () => {
  it.each([
    ['nobody', {}],
    ['every kind of receiver', { receivers: everyReceiver }],
    ['renamed labels', { receivers: everyReceiver, identity: { service: 'app', environment: 'env' } }],
  ] satisfies [string, Config][])('passes amtool check-config in strict UTF-8 mode with %s', async (name, config) => {
    const place = await write(name.replaceAll(' ', '-'), config);
    const args = ['check-config', '--enable-feature=utf8-strict-mode', join(place, alertmanagerPath)];
    const { code, output } = await amtool.run(args);
    expect([code, output.includes('FAILED')]).toEqual([0, false]);
  });

  it.each([
    [{ alertname: 'Watchdog', severity: 'none' }, ['deadman']],
    [{ alertname: 'A', severity: 'critical', team: 'platform', environment: 'production' }, ['pager', 'hook']],
    [
      { alertname: 'A', severity: 'critical', team: 'payments', environment: 'production' },
      ['pager', 'payments-chat', 'hook'],
    ],
    [{ alertname: 'A', severity: 'critical', team: 'classroom', environment: 'staging' }, ['pager', 'duty', 'hook']],
    [{ alertname: 'A', severity: 'warning', team: 'platform', environment: 'production' }, ['chat', 'mail']],
    [
      { alertname: 'A', severity: 'warning', team: 'payments', environment: 'staging' },
      ['chat', 'payments-chat', 'staging', 'mail'],
    ],
    [{ alertname: 'A', severity: 'info' }, ['chat']],
  ])('routes %o to %o', async (labels, receivers) => {
    const place = await write('routes', { receivers: everyReceiver });
    expect(await amtool.receivers(join(place, alertmanagerPath), labels)).toEqual(receivers);
  });

  it('routes to nobody, and the Watchdog nowhere, without a receiver', async () => {
    const place = await write('silent', {});
    const file = join(place, alertmanagerPath);
    expect(await amtool.receivers(file, { alertname: 'A', severity: 'critical' })).toEqual(['nobody']);
    expect(await amtool.receivers(file, { alertname: 'Watchdog' })).toEqual(['deadman']);
  });
});

describe('the emitted templates', () => {
  const labels = { alertname: 'HighErrorRate', environment: 'production', service: 'a b"c+d', severity: 'critical' };
  const annotations = {
    summary: '6% of requests fail',
    description: 'More than 5 %',
    impact: 'Users see errors',
    action: 'Look at the dashboard',
    runbook_url: 'https://runbooks/HighErrorRate.md',
    dashboard_url: 'https://grafana/d/telltale-api?var-service=a',
  };
  const { severity: _severity, ...groupLabels } = labels;
  const alert = {
    status: 'firing',
    labels,
    annotations,
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '0001-01-01T00:00:00Z',
  };
  const data = {
    receiver: 'r',
    status: 'firing',
    alerts: [alert],
    groupLabels,
    commonLabels: labels,
    commonAnnotations: annotations,
    externalURL: 'https://alertmanager',
  };

  async function render(name: string): Promise<string> {
    const place = await write('templates', {});
    await writeFile(join(place, 'data.json'), JSON.stringify(data));
    const { code, stdout, output } = await amtool.run([
      'template',
      'render',
      `--template.glob=${join(place, alertmanagerTemplatesPath)}`,
      `--template.data=${join(place, 'data.json')}`,
      `--template.type=${name === 'telltale.html' ? 'html' : 'text'}`,
      `--template.text={{ template "${name}" . }}`,
    ]);
    if (code !== 0) throw new Error(output);
    return stdout;
  }

  const silence =
    'https://alertmanager/#/silences/new?filter=%7Balertname%3D%22HighErrorRate%22%2Cenvironment%3D%22production%22%2Cservice%3D%22a%20b%5C%22c%2Bd%22%7D';

  it.each(['telltale.text', 'telltale.slack', 'telltale.markdown', 'telltale.html'])(
    '%s holds the links to runbook, dashboard and silence',
    async (name) => {
      const text = (await render(name)).replace(/%[0-9a-f]{2}/g, (escape) => escape.toUpperCase());
      for (const link of [annotations.runbook_url, annotations.dashboard_url, silence]) expect(text).toContain(link);
      expect(text).toContain(annotations.summary);
    },
  );

  it('say in one line what it is, and where to look', async () => {
    expect(await render('telltale.title')).toBe('[FIRING:1] HighErrorRate: 6% of requests fail');
    expect(await render('telltale.link')).toBe(annotations.dashboard_url);
    expect(await render('telltale.silence')).toBe(silence);
    expect([
      await render('telltale.severity'),
      await render('telltale.priority'),
      await render('telltale.color'),
    ]).toEqual(['critical', 'P1', 'danger']);
  });

  it('all render', async () => {
    for (const name of templateNames) expect(await render(name)).not.toBe('');
  });
});
