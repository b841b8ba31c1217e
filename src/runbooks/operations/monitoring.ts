/** The stack that watches everything else. */
import type { Model } from '../../model/model.ts';
import { seeLastDrill } from '../drills.ts';
import {
  alertmanagerConfigLoaded,
  firing,
  firingAlert,
  headSeries,
  notificationErrors,
  prometheusConfigLoaded,
  ruleFailures,
  targetsDown,
} from '../queries/stack.ts';
import type { Runbook } from '../runbook.ts';
import { sh } from '../shell.ts';
import { addingThings } from './monitoring-adding.ts';
import { alertInterpretation, dashboardAccess } from './monitoring-dashboards.ts';
import { commonIssues } from './monitoring-issues.ts';
import { deadMansSwitch, silences, testAlert } from './monitoring-notifications.ts';
import { stackBackup, stackReset, stackUpgrade } from './monitoring-upkeep.ts';

export function monitoring(model: Model): Runbook {
  return {
    id: 'monitoring',
    title: 'Monitoring',
    purpose: 'Read, extend and keep alive the stack that tells you whether users are well.',
    useWhen: [
      'You want to know what a dashboard or an alert means.',
      'Something about the monitoring itself is wrong: no data, too much data, no notification.',
      'You add a metric, a panel or an alert; you silence something; you upgrade the stack.',
    ],
    notWhen: [
      'An alert about a service fires: open its page, from the list below.',
      'You look for the cause of a fault in a service: [[runbook:troubleshooting]].',
    ],
    access: [
      'The host that the stack runs on, with the right to use Docker, and the repository that holds telltale.config.ts.',
      `Grafana: user \`admin\`, password in \`monitoring/secrets/grafana-admin-password\` on that host. Prometheus and Alertmanager have no login: their ports are open to ${model.stack.bindAddress.startsWith('127.') ? 'that host only, from elsewhere through `ssh -L`' : 'the network that they are published on'}.`,
    ],
    roles: [
      { role: 'Owner of the stack', does: 'Keeps it running and up to date; answers [[alert:Watchdog]].' },
      { role: 'Team of a service', does: 'Owns its metrics, its thresholds and the pages of its alerts.' },
      { role: 'On call', does: 'May silence anything, with a reason and an end.' },
    ],
    procedures: [
      dashboardAccess(model),
      alertInterpretation(),
      commonIssues(model),
      ...addingThings(),
      silences(model),
      deadMansSwitch(),
      testAlert(),
      stackBackup(model),
      stackUpgrade(),
      stackReset(),
    ],
    verification: [
      {
        language: 'promql',
        title: 'Verify that all targets answer',
        run: targetsDown,
        expected: 'Nothing.',
        ifNot: '[[alert:TargetDown]]',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Verify that rules work',
        run: ruleFailures,
        expected: '0 for every group.',
        ifNot: '[[alert:PrometheusRuleFailures]]',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Verify that Prometheus has its configuration',
        run: prometheusConfigLoaded,
        expected: '1.',
        ifNot: '[[alert:ConfigReloadFailed]]',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Verify that Alertmanager has its configuration',
        run: alertmanagerConfigLoaded,
        expected: '1.',
        ifNot: '[[alert:ConfigReloadFailed]]',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Verify that alerts are handed over',
        run: notificationErrors,
        expected: '0.',
        ifNot: '[[alert:PrometheusNotificationsFailing]]',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Verify that the heartbeat fires',
        run: firingAlert('Watchdog'),
        expected: 'One series, firing.',
        ifNot: '[[alert:Watchdog]]',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Verify the number of series',
        run: headSeries,
        expected: 'As last week, give or take a tenth.',
        ifNot: 'It grows: "Too many series" in [[section:Common issues]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See what fires',
        run: firing,
        expected: 'Nothing that you did not know.',
        ifNot: 'Open its page.',
        minutes: 0.5,
      },
    ],
    undo: [
      {
        language: 'sh',
        title: 'Go back to the generated files of the last commit',
        note: 'Everything the stack runs on is generated and in git.',
        run: sh`
          git status --short alerts dashboards monitoring runbooks docker-compose.monitoring.yml telltale.config.ts
          git stash push -- alerts dashboards monitoring runbooks docker-compose.monitoring.yml telltale.config.ts
          docker compose -f docker-compose.monitoring.yml up -d
          docker compose -f docker-compose.monitoring.yml kill -s HUP prometheus alertmanager
        `,
        expected: 'Your changes are in the stash, the stack runs on the committed files.',
        ifNot: '"No local changes to save": they are committed; revert the commit.',
        minutes: 2,
      },
    ],
    messages: [
      {
        title: 'Monitoring is down',
        when: 'At once, to the owners of all services.',
        body: 'Monitoring of {environment} is {down, or partly blind: what} since {time}. Alerts {do not arrive, or arrive late}. Please look at your service yourselves: {link or health address}. Next word at {time}.',
      },
      {
        title: 'Monitoring is back',
        when: 'When the heartbeat arrives again.',
        body: 'Monitoring of {environment} is back since {time}. Blind from {time} to {time}; in that time nobody was paged. {What fired meanwhile.}',
      },
      {
        title: 'Maintenance of the stack',
        when: 'A day before.',
        body: 'The monitoring of {environment} is upgraded on {date} at {time}; it is blind for about {minutes} min. No deployments in that time, please.',
      },
    ],
    dashboards: [
      'telltale-api',
      'telltale-database',
      'telltale-business',
      'telltale-infrastructure',
      'telltale-errors',
    ],
    drill: {
      everyDays: 90,
      how: 'Stop Alertmanager for ten minutes, announced: does the dead man\'s switch raise its alarm, and in how many minutes? Then send a test alert to every receiver. Record it with `git commit --allow-empty -m "drill: monitoring, switch rang after 6 min, by A. Person"`.',
      last: seeLastDrill('monitoring', 90),
    },
  };
}
