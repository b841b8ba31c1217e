import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { allFaults } from '../../examples/faults/all-faults.ts';
import { allControls, type DemoControl } from '../../scripts/demo/all-controls.ts';
import { demoControls } from '../../scripts/demo/controls.ts';
import { demoConfig, shortenedAlerts, waitInWords } from '../../scripts/demo/demo-config.ts';
import type { LabServices } from '../../servers/lab/lab-services.ts';
import { packOf } from '../../src/generate.ts';
import { defaultAlertKnobs } from '../../src/objectives/alert-knobs.ts';

const page = 'http://127.0.0.1:3010';
const pack = packOf(demoConfig(page));

/** Killing a process is what the fault `crash` does, too. */
function faultOf({ cause }: DemoControl): (typeof allFaults)[number] | undefined {
  return allFaults.find(({ name }) => name === (cause === 'kill' ? 'crash' : cause.fault));
}

function titlesOf(uid: string): readonly string[] {
  const board = pack.dashboards.find(({ dashboard }) => dashboard.uid === uid);
  return (board?.rows ?? []).flatMap(({ panels }) => panels.map(({ panel }) => panel.title));
}

describe('allControls', () => {
  it('have names of their own', () => {
    expect(new Set(allControls.map(({ name }) => name)).size).toBe(allControls.length);
  });

  it.each(allControls)('$name is a fault that its service can have, with settings that it knows', (control) => {
    const fault = faultOf(control);
    expect(fault?.services).toContain(control.service);
    const settings = control.cause === 'kill' ? {} : control.cause.settings;
    expect(Object.keys(fault?.parameters ?? {})).toEqual(expect.arrayContaining(Object.keys(settings)));
  });

  it.each(allControls)('$name names alerts that its fault provokes', (control) => {
    expect(faultOf(control)?.alerts).toEqual(expect.arrayContaining([...control.alerts]));
  });

  it.each(allControls)('$name names panels that are there', ({ shows }) => {
    expect(Object.keys(shows)).not.toEqual([]);
    for (const [uid, titles] of Object.entries(shows))
      expect(titlesOf(uid)).toEqual(expect.arrayContaining([...titles]));
  });

  it.each(allControls)('$name is told to people: no names of parameters', ({ title, describes }) => {
    expect(`${title} ${describes}`).not.toContain('`');
  });
});

describe('demoConfig()', () => {
  it('makes the alerts of the controls wait 15 s, and changes nothing else of any alert', () => {
    const shortened = new Set(allControls.flatMap(({ alerts }): readonly string[] => alerts));
    const expected = Object.entries(defaultAlertKnobs).map(([name, knobs]) => [
      name,
      shortened.has(name) ? { ...knobs, for: '15s' } : knobs,
    ]);
    expect(pack.model.knobs).toEqual(Object.fromEntries(expected));
    expect(waitInWords(shortenedAlerts)).toBe('15 s here instead of 1 min to 10 min');
  });

  it('leads links of alerts to the page', () => {
    const alert = pack.alerts.find(({ alert: { name } }) => name === 'HighErrorRate');
    expect(alert?.dashboardUrl).toMatch(/^http:\/\/127\.0\.0\.1:3010\/d\/telltale-api\?/);
    expect(alert?.runbookUrl).toBe('http://127.0.0.1:3010/runbooks/alerts/HighErrorRate.md');
  });
});

interface Switched {
  readonly calls: string[];
  readonly services: LabServices;
}

/** The switches of two services, with nothing behind them. */
function switches(): Switched {
  const calls: string[] = [];
  const on = new Set<string>();
  let isRunning = true;
  const server = Object.defineProperty({} as LabServices['payments'], 'isRunning', { get: () => isRunning });
  const record = async (call: string, act: () => void): Promise<void> => {
    await Promise.resolve();
    calls.push(call);
    act();
  };
  const services: LabServices = {
    api: server,
    payments: server,
    fault: (service, name, settings) =>
      record(
        `${service} ${name} ${JSON.stringify(settings)}`,
        () => void (settings.on ? on.add(name) : on.delete(name)),
      ),
    faultsOf: async (service) => (service === 'api' ? [...on] : []),
    kill: (service) => record(`kill ${service}`, () => (isRunning = false)),
    start: (service) => record(`start ${service}`, () => (isRunning = true)),
    deploy: (service, version) => record(`deploy ${service} ${version}`, () => (isRunning = true)),
  };
  return { calls, services };
}

async function failLate(calls: string[]): Promise<void> {
  await sleep(20);
  calls.push('failed');
  throw new Error('it has gone');
}

async function namesOn(controls: ReturnType<typeof demoControls>): Promise<string[]> {
  return (await controls.list()).filter(({ on }) => on).map(({ name }) => name);
}

describe('demoControls()', () => {
  it('switches a fault on with its settings, and off', async () => {
    const { calls, services } = switches();
    const controls = demoControls(services);
    expect(await controls.set('errors', true)).toMatchObject({ name: 'errors', on: true, alerts: ['HighErrorRate'] });
    expect(await namesOn(controls)).toEqual(['errors']);
    expect(await controls.set('errors', false)).toMatchObject({ on: false });
    expect(await namesOn(controls)).toEqual([]);
    expect(calls).toEqual(['api errors {"on":true,"share":0.6}', 'api errors {"on":false}']);
  });

  it('tells how long the alert waits', async () => {
    const [errors] = await demoControls(switches().services).list();
    expect(errors?.describes).toMatch(/\. The alert waits 15 s here instead of 5 min\.$/);
  });

  it('shows a killed service as on until it runs again', async () => {
    const { calls, services } = switches();
    const controls = demoControls(services);
    await controls.set('kill-payments', true);
    expect(await namesOn(controls)).toEqual(['kill-payments']);
    await controls.set('kill-payments', false);
    expect(await namesOn(controls)).toEqual([]);
    expect(calls).toEqual(['kill payments', 'start payments']);
  });

  it('acts in the order of the calls, also after one that failed', async () => {
    const { calls, services } = switches();
    const failing: LabServices = { ...services, kill: () => failLate(calls) };
    const controls = demoControls(failing);
    const killed = controls.set('kill-payments', true);
    const rest = [controls.set('cache-off', true), controls.set('kill-payments', false)];
    await expect(killed).rejects.toThrow('it has gone');
    await Promise.all(rest);
    expect(calls).toEqual(['failed', 'api cache-off {"on":true}', 'start payments']);
  });

  it('refuses a name that is not known', async () => {
    await expect(demoControls(switches().services).set('eror', true)).rejects.toThrow(
      'Cannot switch "eror" as there is no such control: known are "errors",',
    );
  });
});
