/** The demo's config: what the switches set off alerts in seconds; every threshold and window is as shipped. */
import { labClocks } from '../../servers/lab/lab-clocks.ts';
import type { Config } from '../../src/config/config.ts';
import { defaultAlertKnobs } from '../../src/objectives/alert-knobs.ts';
import { type Duration, toSeconds } from '../../src/objectives/duration.ts';
import { humanDuration } from '../../src/objectives/in-words.ts';
import { allControls, type WaitingAlert } from './all-controls.ts';

/** How long an alert of a switch must hold here. */
const wait: Duration = '15s';

export const shortenedAlerts: readonly WaitingAlert[] = [...new Set(allControls.flatMap(({ alerts }) => alerts))];

/** File that holds the address of the demo's inbox. */
export const inboxSecret = 'demo-inbox';

/** @param page where the preview is: it answers Grafana's addresses of dashboards, and those of runbooks */
export function demoConfig(page: string): Config {
  return {
    timing: { ...labClocks.timing, groupWait: '5s', groupInterval: '10s' },
    receivers: [{ name: 'demo', kind: 'webhook', severities: ['critical', 'warning'], secretFile: inboxSecret }],
    alerts: Object.fromEntries(shortenedAlerts.map((alert) => [alert, { for: wait }])),
    links: { grafana: page, runbooks: page },
  };
}

/** `15 s here instead of 5 min`, or `15 s here instead of 1 min to 10 min`. */
export function waitInWords(alerts: readonly WaitingAlert[]): string {
  const shipped = alerts
    .map((alert): Duration => defaultAlertKnobs[alert].for)
    .sort((one, other) => toSeconds(one) - toSeconds(other));
  const ends = new Set([shipped[0] ?? wait, shipped.at(-1) ?? wait].map(humanDuration));
  return `${humanDuration(wait)} here instead of ${[...ends].join(' to ')}`;
}
