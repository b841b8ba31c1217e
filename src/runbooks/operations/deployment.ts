/** Bringing a version into production, and knowing early whether it is good. */
import type { Model } from '../../model/model.ts';
import { canaryLimits, canaryStages } from '../../objectives/canary.ts';
import { humanSeconds, percent } from '../../objectives/in-words.ts';
import { seeLastDrill } from '../drills.ts';
import { budgetLeft, errorRatioByVersion, eventLoopLagByVersion, p95ByVersion } from '../queries/objectives.ts';
import { restarts } from '../queries/process.ts';
import { errorRatio, instancesByVersion, latencyQuantile } from '../queries/requests.ts';
import { firing } from '../queries/stack.ts';
import type { Runbook } from '../runbook.ts';
import { sh } from '../shell.ts';
import { blueGreen } from './deployment-blue-green.ts';
import { canary } from './deployment-canary.ts';
import { checklist } from './deployment-checklist.ts';

export function deployment(model: Model): Runbook {
  const { threshold } = model.knobs.HighErrorRate;
  const [first, second, last] = canaryStages.map(({ percent: share, hours }) => `${share} % for ${hours} h`);
  return {
    id: 'deployment',
    title: 'Deployment',
    purpose:
      'Bring a new version into production in steps small enough that a bad one hurts few people, and is gone within minutes.',
    useWhen: [
      'Every release of a service that users depend on.',
      'A change of configuration or of a flag that all instances read: treat it as a version.',
    ],
    notWhen: [
      'An incident is open for the service: mend it first, or roll back by [[runbook:rollback]].',
      'Only the database schema changes: [[runbook:database-operations#Migration execution]].',
      'The monitoring stack itself is upgraded: [[runbook:monitoring#Upgrading the stack]].',
    ],
    access: [
      'The right to deploy: whatever `service_deploy` and `canary_deploy` need (registry, orchestrator or host).',
      'The right to move traffic: `canary_traffic` (load balancer or ingress).',
      'Reading Prometheus and Grafana. Nothing here writes to the database.',
      'The two versions, as your registry calls them: `OLD_VERSION` runs now, `NEW_VERSION` is to be deployed.',
    ],
    roles: [
      {
        role: 'Deployer',
        does: 'Runs the steps, watches the gates, and rolls back without asking anybody when one fails.',
      },
      {
        role: 'Second pair of eyes',
        does: 'Has read the change, knows what should look different, and can be reached until the last stage ends.',
      },
      { role: 'On call', does: 'Knows that a deployment runs. May order a rollback at any time; is not overruled.' },
    ],
    procedures: [
      checklist(model),
      {
        title: 'Which way to deploy',
        before: [
          {
            kind: 'table',
            columns: ['Way', 'Take it when', 'Costs'],
            rows: [
              [
                '[[section:Canary]]',
                'The service has traffic enough to compare two versions: some requests a second. The default.',
                `A day: ${first}, ${second}, then all traffic, watched for ${last?.split(' for ')[1]}`,
              ],
              [
                '[[section:Blue-green]]',
                'Little traffic, or the two versions must not serve side by side',
                'Twice the instances for an hour; all users at once',
              ],
              [
                '`service_deploy "$NEW_VERSION"` at once',
                'Nobody depends on it yet, or an urgent fix that is smaller than the harm it ends',
                'All users at once, and only [[runbook:rollback]] behind you',
              ],
            ],
          },
        ],
      },
      canary(model),
      blueGreen(model),
      {
        title: 'Abort criteria',
        before: [
          {
            kind: 'text',
            text: 'Any one of these is enough. Roll back first, by [[runbook:rollback]], and find out why afterwards.',
          },
          {
            kind: 'list',
            items: [
              `The 5xx share of the new version is more than ${percent(canaryLimits.errorRatioAbove)} above that of the old one, for five minutes.`,
              `Its p95 is more than ${canaryLimits.timesSlower} times that of the old one, and at least ${humanSeconds(canaryLimits.slowerAtLeastSeconds)} longer.`,
              `The lag of its event loop is more than ${canaryLimits.timesSlower} times that of the old one, and at least ${humanSeconds(canaryLimits.slowerAtLeastSeconds)} longer.`,
              'An instance of the new version has restarted by itself.',
              'A critical alert fires for the service: [[alert:HighErrorRate]], [[alert:ErrorBudgetBurnFast]], [[alert:HealthCheckFailing]], [[alert:ServiceDown]] or [[alert:DatabaseConnectionLost]].',
              'Business events fall with the share of the new version: [[alert:BusinessActivityDrop]] needs half an hour, your eyes on [[dashboard:telltale-business]] do not.',
              'You do not understand something that you see.',
            ],
          },
        ],
      },
      {
        title: 'Watch after',
        before: [
          {
            kind: 'text',
            text: `For ${last?.split(' for ')[1]} after the last stage the deployer can be reached and looks at [[dashboard:telltale-api]] and [[dashboard:telltale-errors]]: after fifteen minutes, after an hour, at the next daily peak, and the next morning. Memory leaks and daily jobs show only then.`,
          },
        ],
        steps: [
          {
            language: 'promql',
            title: 'See that no instance restarts',
            run: restarts('1h'),
            expected: 'Nothing but the one restart of the deployment itself.',
            ifNot: 'More: [[alert:ServiceRestarting]].',
            minutes: 1,
          },
          {
            language: 'promql',
            title: 'See what the deployment cost',
            run: budgetLeft,
            expected: 'As much budget left as in the checklist, within a percent.',
            ifNot: 'Clearly less: find the routes in [[dashboard:telltale-errors]], and roll back if they still fail.',
            minutes: 1,
          },
        ],
      },
    ],
    verification: [
      {
        language: 'promql',
        title: 'Verify that only the new version runs',
        run: instancesByVersion,
        expected: 'One line for the service: `NEW_VERSION`, with all its instances.',
        ifNot: 'The old version is still there: an instance was forgotten. Repeat the last deploy step.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Verify the error ratio',
        run: errorRatio,
        expected: `At its usual value, far below ${threshold}.`,
        ifNot: 'Above the usual value: [[runbook:rollback]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Verify the response time',
        run: latencyQuantile(0.95),
        expected: `At its usual value; the objective is ${model.lines.latencyP95Seconds} s.`,
        ifNot: 'Slower than before: [[runbook:rollback]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Verify that nothing fires',
        run: firing,
        expected: 'Nothing that did not fire before.',
        ifNot: 'Open the page of the alert.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Compare the failures of the versions',
        run: errorRatioByVersion,
        expected: 'The new one is no worse than the old one was.',
        ifNot: 'Worse: [[section:Abort criteria]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Compare the speed of the versions',
        run: p95ByVersion,
        expected: 'The new one is no slower.',
        ifNot: 'Slower: [[section:Abort criteria]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Compare the event loop of the versions',
        run: eventLoopLagByVersion,
        expected: 'The new one lags no more.',
        ifNot: 'More: [[section:Abort criteria]].',
        minutes: 0.5,
      },
    ],
    undo: [
      {
        language: 'sh',
        title: 'Give all traffic back to the old version',
        note: 'Within seconds, while the old instances still run: stages of a canary, and the first hour of blue-green.',
        run: sh`canary_traffic 0`,
        expected: 'Requests of the new version fall to 0 within a minute.',
        ifNot: 'They do not: go to the next step.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Deploy the old version',
        note: 'When the old instances are gone. [[runbook:rollback]] says what else may have to be undone.',
        run: sh`service_deploy "\${OLD_VERSION:?set it first: the version that ran before}"`,
        expected: 'The old version runs on every instance.',
        ifNot: 'It does not start: [[alert:ServiceDown]].',
        minutes: 5,
      },
    ],
    messages: [
      {
        title: 'Deployment starts',
        when: 'Before the first step, in the channel of the service.',
        body: 'Deploying {service} {new version} (running: {old version}) to {environment}.\nChange: {link}\nWay: {canary or blue-green}, until about {time}. Rollback: one command, no migration to undo {or: see below}.\nDeployer: {name}. Second: {name}.',
      },
      {
        title: 'Stage passed',
        when: 'After each stage.',
        body: '{service} {new version} serves {share} % since {time}. Errors {ratio} against {ratio}, p95 {seconds} against {seconds}. Next stage at {time}.',
      },
      {
        title: 'Rolled back',
        when: 'At once after a rollback.',
        body: '{service} {new version} was rolled back at {time}: {which criterion}. {old version} serves all requests again.\nUsers: {what they noticed, since when, until when}. The next attempt waits for {ticket}.',
      },
      {
        title: 'Deployment ends',
        when: 'When the watch is over.',
        body: '{service} {new version} serves all requests since {time}; watched for {hours} h without a finding.',
      },
    ],
    dashboards: ['telltale-api', 'telltale-errors', 'telltale-business', 'telltale-infrastructure'],
    drill: {
      everyDays: 90,
      how: 'Every release runs the canary. What needs practice is the abort: deploy a version that fails on purpose to a test environment, and measure the time from the first failed request to the last. Record it with `git commit --allow-empty -m "drill: deployment, aborted after 4 min, by A. Person"`.',
      last: seeLastDrill('deployment', 90),
    },
  };
}
