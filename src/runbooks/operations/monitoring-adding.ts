/** A metric, a panel and an alert, end to end. */
import type { Procedure } from '../runbook.ts';
import { sh } from '../shell.ts';

const config = `
import { defineAlert, defineConfig, defineMetric } from 'telltale/generate';

export default defineConfig({
  business: [
    defineMetric({
      name: 'invites_sent_total',
      kind: 'counter',
      unit: 'items',
      help: 'Invitations sent.',
      title: 'Invitations',
      watched: true,
    }),
  ],
});
`;

export function addingThings(): readonly Procedure[] {
  return [
    {
      title: 'Adding a metric',
      before: [
        {
          kind: 'list',
          items: [
            'A number that somebody will look at, or be woken by. Everything else is a line of the log.',
            'Base units (seconds, bytes), `_total` for counters only, labels with a closed list of values. An id is never a label.',
            'Business metrics are declared in telltale.config.ts; they get a recorder, a panel and a line in the reference.',
          ],
        },
        { kind: 'code', language: 'ts', code: config },
      ],
      steps: [
        {
          language: 'sh',
          title: 'Generate and check',
          run: sh`npx telltale generate && npx telltale check && git diff --stat`,
          expected: 'A panel more on the business dashboard, and every check passes.',
          ifNot: 'It names the field and the rule: a name without a unit, a label without values.',
          minutes: 2,
        },
        {
          language: 'sh',
          title: 'Record it, and see it exposed',
          note: 'In the service: `const record = businessMetrics(model)`, then `record.invites_sent_total.inc()`. Deploy it to a test environment.',
          run: sh`curl -sS -m 5 "$SERVICE_URL/metrics" | grep -A 3 invites_sent`,
          expected: 'HELP, TYPE and a value; 0 before the first event, not nothing.',
          ifNot: 'Nothing: the service registers it elsewhere than in the registry it exposes.',
          minutes: 5,
        },
      ],
    },
    {
      title: 'Adding a panel',
      before: [
        {
          kind: 'list',
          items: [
            'Which question does it answer, and on which of the five dashboards is that asked? A panel without a question is decoration.',
            'Title, one sentence that says what good looks like, a unit, and what is shown when there is no data.',
            'A dashboard of your own is `addDashboards: [defineDashboard({ ... })]`; rows and panels are typed data.',
          ],
        },
      ],
      steps: [
        {
          language: 'sh',
          title: 'Generate and look',
          note: 'Grafana reads the files again within half a minute: open the dashboard, with the last hour as its range.',
          run: sh`npx telltale generate && npx telltale check`,
          expected: 'Every check passes, and the panel shows data.',
          ifNot: 'A check names the query and what is wrong with it. The panel is empty: [[section:Common issues]].',
          minutes: 3,
        },
      ],
    },
    {
      title: 'Adding an alert',
      before: [
        {
          kind: 'list',
          items: [
            'Is there something that somebody must do, now or today? If not, it is a panel.',
            'On what users notice, not on causes. Causes belong on the page of the alert.',
            'Every ratio has a guard for little traffic, every condition a `for`. A warning first; critical when it has been right for a month.',
            'An alert of your own is `addAlerts: [{ alert: defineAlert({ ... }), page: { ... } }]`. The page is required: an alert without one does not compile.',
          ],
        },
      ],
      steps: [
        {
          language: 'sh',
          title: 'Generate, and test the rule',
          run: sh`npx telltale generate && npx telltale check`,
          expected: 'The rule parses, names only known metrics, and has a page and a panel.',
          ifNot: 'It says what is missing.',
          minutes: 3,
        },
        {
          language: 'sh',
          title: 'Put it in force',
          run: sh`docker compose -f docker-compose.monitoring.yml kill -s HUP prometheus alertmanager`,
          expected: 'It is listed on [[prometheus:/rules]], inactive.',
          ifNot: '[[alert:ConfigReloadFailed]]',
          minutes: 1,
        },
        {
          language: 'none',
          title: 'Make it fire once',
          note: 'In a test environment, by the fault itself. An alert that was never seen firing is a guess.',
          expected: 'The message arrives, its links open, its page is right.',
          ifNot: 'Correct the page first: it is what somebody will have at night.',
          minutes: 30,
        },
      ],
    },
  ];
}
