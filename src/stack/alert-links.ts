/** What a notification links to, and how long it takes to arrive. */
import type { Alert } from '../alerts/alert.ts';
import { labelReference } from '../alerts/go-template.ts';
import type { Links, Timing } from '../model/model.ts';
import { type Duration, toSeconds } from '../objectives/duration.ts';
import type { RenderContext } from '../promql/render-context.ts';
import type { JoinedPanel } from './pack.ts';

/** Page of an alert, relative to the output. */
export function pagePath(alert: string): string {
  return `runbooks/alerts/${alert}.md`;
}

export function runbookUrl(alert: string, { runbooks }: Links): string {
  return `${runbooks}/${pagePath(alert).split('/').map(encodeURIComponent).join('/')}`;
}

const hourSeconds = 3_600;

/** A window in a range selector, or at the end of a record's name. */
const windows = /\[(\d+[smhdw])\]|:[a-z_]*rate(\d+[smhdw])\b/g;

/**
 * Go template: the panel, with the dashboard's variables from the alert's labels, looking back twice as far as the
 * alert does. Values of labels are escaped when the alert fires.
 */
export function dashboardUrl(alert: Alert, panel: JoinedPanel, context: RenderContext, expression: string): string {
  const variables = (alert.variables ?? ['environment', 'service']).map(
    (label) => `var-${label}={{ ${labelReference(context.identity[label])} | urlquery }}`,
  );
  return [`${panel.url}&from=now-${lookBackHours(alert, expression)}h&to=now`, ...variables].join('&');
}

function lookBackHours(alert: Alert, expression: string): number {
  const found = [...expression.matchAll(windows)].flatMap(([, range, recorded]) => range ?? recorded ?? []);
  const longest = Math.max(0, ...found.map((window) => toSeconds(window as Duration)));
  return Math.max(1, Math.ceil((2 * (longest + secondsOf(alert.for))) / hourSeconds));
}

/** From the fault to the notification: it is scraped, the rule is evaluated, holds, and its group waits for company. */
export function notificationSeconds(alert: Alert, timing: Timing): number {
  const { scrapeInterval, evaluationInterval, groupWait } = timing;
  return (
    toSeconds(scrapeInterval) +
    secondsOf(alert.interval ?? evaluationInterval) +
    secondsOf(alert.for) +
    toSeconds(groupWait)
  );
}

function secondsOf(duration: Duration | undefined): number {
  return duration === undefined ? 0 : toSeconds(duration);
}
