/** The demo's screen as text: pure, so that it can be tested and looked at. */
import { stripVTControlCharacters, styleText } from 'node:util';
import type { AlertState } from '../../src/proof/prometheus-api.ts';
import { formatElapsed } from './format.ts';
import type { Notification } from './inbox.ts';
import type { Snapshot } from './snapshot.ts';

export interface Address {
  readonly name: string;
  readonly url: string;
}

export interface ViewOptions {
  /** Where the dashboards are, or why they are nowhere: shown in full. */
  readonly dashboards: readonly string[];
  readonly snapshot: Snapshot;
  /** What differs from the shipped alerts. */
  readonly note: string;
  /** What Alertmanager has sent, newest first. */
  readonly notifications: readonly Notification[];
  readonly addresses: readonly Address[];
  readonly elapsedSeconds: number;
  readonly colours: boolean;
  /** Lines are cut to this width. */
  readonly columns: number;
}

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const names = 18;

export function renderView(options: ViewOptions): string {
  const { dashboards, snapshot, note, notifications, addresses, elapsedSeconds } = options;
  const paint: Paint = (style, text) => (options.colours ? styleText(style, text, { validateStream: false }) : text);
  const head = [
    `${paint('bold', 'Telltale demo')}  up ${formatElapsed(elapsedSeconds)}, Ctrl-C stops everything`,
    '',
    ...dashboards.map(
      (line, index) => `  ${paint('cyan', (index === 0 ? 'Dashboards' : '').padEnd(names))}${paint('bold', line)}`,
    ),
    '',
  ];
  const lines = [
    ...snapshot.headlines.map(
      ({ dashboard, figures }) => `  ${paint('cyan', dashboard.padEnd(names))}${figures.join('   ')}`,
    ),
    '',
    ...alertLines(snapshot, paint),
    `    ${note}`,
    '',
    `  ${paint('cyan', 'Notified'.padEnd(names))}${notifications.length === 0 ? 'of nothing yet' : 'by Alertmanager, newest first'}`,
    ...notifications.map((one) => `    ${notificationLine(one)}`),
    '',
    `  ${paint('bold', 'Addresses')}`,
    ...addresses.map(({ name, url }) => `    ${name.padEnd(names - 2)}${url}`),
  ];
  return [...head, ...lines.map((line) => cut(line, options.columns))].join('\n');
}

function alertLines(snapshot: Snapshot, paint: Paint): string[] {
  const shown = snapshot.alerts.filter(({ labels }) => labels['alertname'] !== 'Watchdog');
  const firing = shown.filter(({ state }) => state === 'firing');
  const pending = shown.filter(({ state }) => state === 'pending');
  const summary = `${snapshot.rules} rules loaded, ${firing.length} firing, ${pending.length} pending`;
  return [
    `  ${paint('cyan', 'Alerts'.padEnd(names))}${summary}`,
    ...firing.map((alert) => `    ${paint('red', 'FIRING ')}  ${describe(alert)}`),
    ...pending.map((alert) => `    ${paint('yellow', 'pending')}  ${describe(alert)}`),
  ];
}

function describe({ labels, annotations }: AlertState): string {
  const summary = annotations['summary'];
  return `${(labels['alertname'] ?? '').padEnd(24)}${(labels['service'] ?? '').padEnd(10)}${summary ?? ''}`;
}

function notificationLine({ at, status, alert, service }: Notification): string {
  return `${at.toTimeString().slice(0, 8)}  ${status.padEnd(9)} ${alert.padEnd(24)}${service}`;
}

/** A line that is too wide loses its colours with its end. */
function cut(line: string, columns: number): string {
  const plain = stripVTControlCharacters(line);
  return plain.length > columns ? `${plain.slice(0, columns - 1)}…` : line;
}
