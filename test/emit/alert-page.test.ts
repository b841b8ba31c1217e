import { describe, expect, it } from 'vitest';
import { toModel } from '../../src/config/to-model.ts';
import { alertPageText } from '../../src/emit/alert-page.ts';
import { headingsOf } from '../../src/lint/runbook-markdown.ts';
import { allAlertPages } from '../../src/runbooks/all-alert-pages.ts';
import { joinPack } from '../../src/stack/join-pack.ts';
import type { JoinedAlert, Pack } from '../../src/stack/pack.ts';

const pack = joinPack(toModel({}));

function pageOf(name: string, from: Pack = pack): string {
  const [joined] = from.alerts.filter(({ alert }) => alert.name === name) as [JoinedAlert];
  return alertPageText(joined, from);
}

describe('alertPageText()', () => {
  const text = pageOf('HighErrorRate');

  it('is titled as the alert, and has every section', () => {
    const headings = headingsOf(text).filter(({ level }) => level <= 2);
    expect(headings.map((heading) => heading.text)).toEqual([
      'HighErrorRate',
      'Impact',
      'Set up your terminal',
      'First five minutes',
      'Is it real?',
      'Likely causes',
      'Mitigation',
      'Confirm that it is over',
      'Escalate when',
      'False positives and silence',
      'The rule',
      'Tuning',
      'Related alerts',
      'Afterwards',
    ]);
  });

  it('shows the rule as it is emitted', () => {
    const [joined] = pack.alerts.filter(({ alert }) => alert.name === 'DatabaseConnectionLost') as [JoinedAlert];
    const page = pageOf('DatabaseConnectionLost');
    expect(joined.branches.length).toBeGreaterThan(1);
    for (const { expression } of joined.branches) expect(page).toContain(`\`\`\`promql\n${expression}\n\`\`\``);
    expect(page).toContain('It fires when this holds for 1 min. Any one of these is enough:');
  });

  it('says how long the notification takes, by the clocks of the config', () => {
    expect(text).toContain('**From the fault to the notification:** about 6 min.');
    const slow = joinPack(toModel({ timing: { groupWait: '2m' } }));
    expect(pageOf('HighErrorRate', slow)).toContain('about 7 min 30 s.');
  });

  it('says what mutes it and what it mutes, with the reason', () => {
    expect(text).toContain('**Muted while one of these fires:** [ServiceDown](ServiceDown.md)');
    expect(text).toMatch(
      /\| \[ServiceDown\]\(ServiceDown\.md\) +\| mutes this one +\| a service that is down shows every other symptom too/,
    );
  });

  it('links to its panel', () => {
    expect(text).toMatch(/\*\*Shown on:\*\* \[[^\]]+\]\(http:\/\/localhost:3030\/d\/telltale-api\?viewPanel=\d+\)/);
  });

  it('has the silence as a command with the labels of the alert', () => {
    expect(text).toContain(
      'silence add --duration=2h --author="$USER" \\\n  --comment="${REASON:?set it first: why, with a ticket}" \\\n  alertname=HighErrorRate service="$SERVICE" environment="$ENVIRONMENT"',
    );
  });

  it('has the silence with the label names of the user', () => {
    const other = joinPack(toModel({ identity: { service: 'app', environment: 'env' } }));
    expect(pageOf('HighErrorRate', other)).toContain('alertname=HighErrorRate app="$SERVICE" env="$ENVIRONMENT"');
  });

  it('shows the knobs that are in force', () => {
    expect(pageOf('BackupStale')).toContain("alerts: { BackupStale: { maxAgeHours: 26, for: '15m' } },");
  });

  it('defines each word of the terminal that its commands use', () => {
    expect(text).toContain('service_deploy() {');
    expect(text).not.toContain('canary_traffic');
  });

  it('says where data is lost, and where none is', () => {
    expect(text).toContain('nothing here loses data.');
    expect(pageOf('DiskSpaceLow')).toContain('> **Cannot be undone, or loses data.**');
  });

  it.each(allAlertPages(pack.model))(
    'renders the page of $alert, also where the model does not have the alert',
    (page) => {
      const [joined] = pack.alerts as [JoinedAlert];
      const rendered = alertPageText({ ...joined, alert: { ...joined.alert, name: page.alert }, page }, pack);
      expect(rendered).toContain(`# ${page.alert}\n`);
      expect(rendered).not.toContain('[[');
    },
  );
});
