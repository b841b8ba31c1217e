/** `runbooks/README.md`: where to start, every page in one line, and the set-up of a terminal on each platform. */
import { clockTime } from '../runbooks/clock-time.ts';
import { setUpFor } from '../runbooks/terminal/set-up.ts';
import { platforms, terminalWords } from '../runbooks/terminal/words.ts';
import type { JoinedAlert, Pack } from '../stack/pack.ts';
import { codeFence, markdownList, markdownTable } from './markdown.ts';
import { renderTemplate } from './runbook-handlebars.ts';
import { type LinkContext, linkedTable, resolveLinks } from './runbook-links.ts';
import { originOf } from './runbook-page.ts';
import { indexTemplate } from './runbook-templates.ts';

export const runbookIndexPath = 'runbooks/README.md';

export function runbookIndexText(pack: Pack): string {
  const source = 'src/emit/runbook-index.ts and telltale.config.ts';
  const page = { path: runbookIndexPath, source, headings: [], steps: [], toAlerts: 'alerts/', toRunbooks: '' };
  const context: LinkContext = { pack, page };
  const link = (text: string): string => resolveLinks(text, context);
  const words = terminalWords(pack.model);
  return renderTemplate(indexTemplate, {
    origin: originOf({ source }),
    intro:
      'What to do, in the order in which to do it, with commands that run as they are. Thresholds, queries and links come from the same model as the rules and the dashboards.',
    start: link(startHere),
    runbooks: linkedTable(
      ['Runbook', 'For'],
      pack.runbooks.map(({ id, purpose }) => [`[[runbook:${id}]]`, purpose]),
      context,
    ),
    alerts: alertsTable('service', context),
    metaAlerts: alertsTable('meta', context),
    setUpIntro,
    words: markdownTable(
      ['Word', 'Means'],
      words.map(({ word, means }) => [`\`${word}\``, means]),
    ),
    platforms: platforms.map((platform) => ({
      title: platform,
      code: codeFence(
        'sh',
        setUpFor(
          pack.model,
          words.map(({ word }) => `$${word} ${word}`),
          platform,
        ),
      ),
    })),
    howToRead: markdownList(howToRead),
    whence: `\`telltale generate\` writes these files from telltale.config.ts. Your own contacts, escalation paths and links belong into \`runbookSections\` there; they appear at the end of a runbook. To change a threshold, change \`alerts\` in the config: rule, panel line and sentence follow.`,
  });
}

const startHere = [
  '1. An alert paged you: open its page, below. The link is in the notification as well.',
  '2. Users report something and nothing fires: [[runbook:troubleshooting#From the symptom]].',
  '3. It is bad, or you are not sure: [[runbook:incident-response#First fifteen minutes]].',
  '4. It began with a release: [[runbook:rollback]].',
].join('\n');

const setUpIntro =
  'Each page prints the lines that its own commands use. Here are all of them, for each platform: paste the block of yours once, and change the bodies where your names differ. SQL runs in `psql "$DATABASE_URL"`.';

const howToRead: readonly string[] = [
  'Steps are numbered through the whole page, so that "step 12" is enough on the telephone.',
  '**Expected** is what you most likely see, and what it means; the time is for somebody who does it for the first time.',
  '**Otherwise** is what to do, or where to go, when you see something else.',
  'A query can be pasted into Prometheus, or opened there by the link below it.',
  'A step that cannot be undone, or that loses data, says so before its command.',
  'A command that needs a value from you stops and says which: set it as a variable, then repeat.',
];

function alertsTable(wanted: JoinedAlert['kind'], context: LinkContext): string {
  const alerts = context.pack.alerts.filter(({ kind }) => kind === wanted);
  const rows = alerts.map(({ alert, page, notificationSeconds }) => [
    `[[alert:${alert.name}]]`,
    alert.severity,
    page.meaning,
    clockTime(notificationSeconds),
  ]);
  return linkedTable(['Alert', 'Severity', 'Means', 'Notifies after'], rows, context);
}
