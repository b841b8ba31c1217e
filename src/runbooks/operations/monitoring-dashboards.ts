/** Where to look, and what each alert means. */
import { hasSource } from '../../model/sources.ts';
import type { Model } from '../../model/model.ts';
import type { Procedure } from '../runbook.ts';
import { sh } from '../shell.ts';

export function dashboardAccess(model: Model): Procedure {
  return {
    title: 'Dashboard access',
    before: [
      {
        kind: 'table',
        columns: ['Question', 'Dashboard'],
        rows: [
          ['Are users served, how fast, and which endpoint is at fault?', '[[dashboard:telltale-api]]'],
          ['Is the database, the pool or the query the problem?', '[[dashboard:telltale-database]]'],
          ['Is the product being used and paid for?', '[[dashboard:telltale-business]]'],
          ['Is a resource saturated?', '[[dashboard:telltale-infrastructure]]'],
          ['What is failing, since when, where?', '[[dashboard:telltale-errors]]'],
        ],
      },
      {
        kind: 'list',
        items: [
          'The variables at the top (environment, service, job, instance) hold for the whole dashboard and are kept by the links to the others.',
          ...(hasSource(model, 'tracing')
            ? ['A dot on a latency panel is one request: its trace opens in Jaeger.']
            : []),
          'A dashed line is an objective or a threshold: the same number as in the rule.',
          'Vertical lines are deployments and alerts. Switch them off at the top when there are many.',
          'Dashboards are read-only, as they are generated. Change them in the source: [[section:Adding a panel]]. To try something out, use Explore.',
        ],
      },
    ],
    steps: [
      {
        language: 'sh',
        title: 'Log in to Grafana',
        note: `On the host of the stack; the page is ${model.links.grafana}, the user is \`admin\`.`,
        run: sh`
          curl -sS -m 5 "$GRAFANA_URL/api/health"
          cat monitoring/secrets/grafana-admin-password
        `,
        expected: '"database": "ok", and the password.',
        ifNot:
          'No file: `npx telltale secrets` writes it before the first start. The password is refused: [[section:Reset of the Grafana admin password]].',
        minutes: 1,
      },
    ],
  };
}

/** Every alert in one line: the sentence is the one of its page, filled in when the page is rendered. */
export function alertInterpretation(): Procedure {
  return {
    title: 'Alert interpretation',
    before: [
      {
        kind: 'list',
        items: [
          '**Pending**: the condition holds, but not for long enough yet. **Firing**: it does. **Resolved**: it no longer holds.',
          '**Inhibited**: another alert that fires explains this one, so nobody is told twice. **Silenced**: a person said so, with a reason and an end.',
          '`critical` pages somebody at any hour. `warning` waits for working hours.',
          'Labels `environment` and `service` say whose it is, `team` who owns it, `component` where to look first.',
          'The notification has three links: the page of the alert, the panel with the time filled in, and a form for a silence.',
        ],
      },
      { kind: 'alerts' },
    ],
  };
}
