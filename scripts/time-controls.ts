/**
 * How long the switches of the demo take: from pressing one until each of its alerts fires, and from releasing it until they
 * are calm again; and what else fires meanwhile. Exits 1 when one takes longer than it may.
 *
 * `node build/scripts/time-controls.js [--after 720] [--only errors,slow-queries] [--hold 20]`, times in seconds.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { prometheusApi, type AlertState } from '../src/proof/prometheus-api.ts';
import { allControls, type DemoControl } from './demo/all-controls.ts';
import { startDemoLab, type DemoLab } from './demo/demo-lab.ts';
import { startInbox } from './demo/inbox.ts';

const mayTakeSeconds = 90;
const givenUpSeconds = 420;

const { values } = parseArgs({
  options: {
    after: { type: 'string', default: '60' },
    only: { type: 'string' },
    hold: { type: 'string', default: '20' },
  },
});
const chosen = allControls.filter(({ name }) => values.only === undefined || values.only.split(',').includes(name));

const inbox = await startInbox();
const demo = await startDemoLab({ page: 'http://127.0.0.1:3010', inbox: inbox.url, progress: say });
try {
  say(`ordinary traffic for ${values.after} s`);
  say(`seen meanwhile: ${(await seenWithin(Number(values.after))).join(', ')}`);
  for (const control of chosen) await timeControl(control);
} finally {
  await demo.stop();
  await inbox.stop();
}
process.exit();

async function timeControl({ name, alerts }: DemoControl): Promise<void> {
  await demo.controls.set(name, true);
  const pressed = Date.now();
  const fired = await firstSeen(alerts, pressed);
  await sleep(Number(values.hold) * 1_000);
  const others = namesOf(await alertsNow(demo));
  await demo.controls.set(name, false);
  const released = Date.now();
  await until(async () => !namesOf(await alertsNow(demo)).some((each) => alerts.some((alert) => each.includes(alert))));
  say(`${name}: ${fired.join(', ') || 'no alerts'}; calm ${since(released)} s after; with it: ${others.join(', ')}`);
  if (fired.some((each) => each.includes('late'))) process.exitCode = 1;
}

/** Everything that was pending or firing at some time. */
async function seenWithin(seconds: number): Promise<string[]> {
  const seen = new Set<string>();
  const ended = Date.now() + seconds * 1_000;
  for (; Date.now() < ended; await sleep(1_000)) for (const each of namesOf(await alertsNow(demo))) seen.add(each);
  return [...seen];
}

async function firstSeen(alerts: readonly string[], pressed: number): Promise<string[]> {
  const seen = new Map<string, number>();
  await until(async () => {
    const firing = namesOf(await alertsNow(demo)).filter((each) => each.startsWith('FIRING'));
    for (const alert of alerts)
      if (!seen.has(alert) && firing.some((each) => each.includes(alert))) seen.set(alert, since(pressed));
    return alerts.every((alert) => seen.has(alert));
  });
  return alerts.map((alert) => {
    const seconds = seen.get(alert) ?? Infinity;
    return `${alert} after ${seconds} s${seconds > mayTakeSeconds ? ' (late)' : ''}`;
  });
}

async function until(done: () => Promise<boolean>): Promise<void> {
  const started = Date.now();
  while (!(await done()) && since(started) < givenUpSeconds) await sleep(500);
}

function alertsNow({ lab }: DemoLab): Promise<readonly AlertState[]> {
  return prometheusApi(lab.prometheus.url).alerts();
}

function namesOf(alerts: readonly AlertState[]): string[] {
  return alerts
    .map(
      ({ state, labels }) =>
        `${state === 'firing' ? 'FIRING' : 'pending'} ${labels['alertname']}(${labels['service']}${labels['slo'] === undefined ? '' : `,${labels['slo']}`})`,
    )
    .filter((each) => !each.includes('Watchdog'));
}

function since(millis: number): number {
  return Math.round((Date.now() - millis) / 100) / 10;
}

function say(line: string): void {
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
}
