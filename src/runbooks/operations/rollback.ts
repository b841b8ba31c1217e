/** Going back to what worked. */
import type { Model } from '../../model/model.ts';
import { humanDuration, humanSeconds, percent } from '../../objectives/in-words.ts';
import { seeLastDrill } from '../drills.ts';
import { budgetLeft } from '../queries/objectives.ts';
import { uptime } from '../queries/process.ts';
import { errorRatio, instancesByVersion, latencyQuantile, requestRate } from '../queries/requests.ts';
import type { Runbook } from '../runbook.ts';
import { sh } from '../shell.ts';
import { amtool } from '../terminal/stack-commands.ts';
import { rollbackSteps } from './rollback-steps.ts';

export function rollback(model: Model): Runbook {
  const { HighErrorRate, HighResponseTime, EventLoopLagHigh, ServiceRestarting } = model.knobs;
  return {
    id: 'rollback',
    title: 'Rollback',
    purpose: 'Go back to the last state that worked, fast, without losing data on the way.',
    useWhen: [
      'A trigger below is met and the fault began with a change: of code, configuration, a flag or the schema.',
      'You suspect it and do not know. Going back to a version that worked an hour ago is cheaper than being sure.',
    ],
    notWhen: [
      'Nothing was changed: a rollback changes nothing either. Use [[runbook:troubleshooting]].',
      'A migration has already removed or rewritten what the old version needs: forward-fix, see [[section:Decide]].',
      'The cause is outside: a provider, the network, load.',
    ],
    access: [
      'The right to deploy and to move traffic, as in [[runbook:deployment]].',
      'For a database: its owner, and a second person. Nobody restores or migrates back alone.',
    ],
    roles: [
      {
        role: 'Whoever sees the trigger',
        does: 'Decides and rolls back. No permission is needed for code, configuration and flags.',
      },
      {
        role: 'Incident commander',
        does: 'Takes over when it is SEV1 or SEV2, keeps the timeline, sends the messages.',
      },
      {
        role: 'Owner of the database',
        does: 'Decides about anything below "database migration", together with a second person.',
      },
    ],
    procedures: [
      {
        title: 'Trigger conditions',
        before: [
          {
            kind: 'text',
            text: 'Numbers, so that nobody has to argue. One is enough, if it began within an hour of a change.',
          },
          {
            kind: 'table',
            columns: ['Trigger', 'Number', 'Alert'],
            rows: [
              [
                'Failures',
                `5xx share over ${percent(HighErrorRate.threshold)} for ${humanDuration(HighErrorRate.for)}; half of that if it still rises`,
                '[[alert:HighErrorRate]]',
              ],
              [
                'Budget',
                model.burnWindows
                  .filter(({ speed }) => speed === 'fast')
                  .map(({ factor, long }) => `${factor} times the sustainable rate over ${humanDuration(long)}`)
                  .join(', or '),
                '[[alert:ErrorBudgetBurnFast]]',
              ],
              [
                'Slowness',
                `p${HighResponseTime.quantile * 100} over ${humanSeconds(HighResponseTime.threshold)} for ${humanDuration(HighResponseTime.for)}`,
                '[[alert:HighResponseTime]]',
              ],
              [
                'Event loop',
                `p99 lag over ${humanSeconds(EventLoopLagHigh.threshold)} for ${humanDuration(EventLoopLagHigh.for)}`,
                '[[alert:EventLoopLagHigh]]',
              ],
              [
                'Restarts',
                `more than ${ServiceRestarting.threshold} in ${humanDuration(ServiceRestarting.window)}`,
                '[[alert:ServiceRestarting]]',
              ],
              [
                'Health',
                `the probe from outside fails for ${humanDuration(model.knobs.HealthCheckFailing.for)}`,
                '[[alert:HealthCheckFailing]]',
              ],
              [
                'Business',
                `under ${percent(model.knobs.BusinessActivityDrop.threshold)} of the same hour a week ago`,
                '[[alert:BusinessActivityDrop]]',
              ],
              ['Data', 'one record that is wrong because of the change', 'none: a person reports it'],
            ],
          },
        ],
      },
      decide(),
      ...rollbackSteps(),
      {
        title: 'What not to roll back',
        before: [
          {
            kind: 'list',
            items: [
              'A migration that has removed or rewritten data. The old schema comes back, the data does not.',
              'A security fix that is already known outside. Mend it forward.',
              'A contract with others (API, message format, webhook) that they already use in its new form.',
              'Rotated credentials. The old ones are dead, and should be.',
              'Two things at once. Undo one, look, then the next: otherwise nobody learns which it was.',
              'A version further back than the last good one. Each step back may need a schema that is gone.',
            ],
          },
        ],
      },
    ],
    verification: [
      {
        language: 'promql',
        title: 'Verify that the old version runs everywhere',
        run: instancesByVersion,
        expected: 'One line for the service: the old version, all instances.',
        ifNot: 'Both versions: the rollback is not finished, or something deploys against you. Stop the pipeline.',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'Verify that failures end',
        run: errorRatio,
        expected: `Below ${HighErrorRate.threshold} within five minutes, then back to the usual value.`,
        ifNot: 'It stays: the change was not the cause. [[runbook:troubleshooting]]',
        minutes: 5,
      },
      {
        language: 'promql',
        title: 'Verify the response time',
        run: latencyQuantile(HighResponseTime.quantile),
        expected: `Below ${HighResponseTime.threshold} s, then back to the usual value.`,
        ifNot: 'It stays: look at the database and the dependencies.',
        minutes: 5,
      },
      {
        language: 'promql',
        title: 'Verify that instances stay up',
        run: uptime,
        expected: 'Seconds that grow when asked twice.',
        ifNot: 'They fall back: [[alert:ServiceRestarting]].',
        minutes: 2,
      },
      {
        language: 'promql',
        title: 'Verify that requests arrive',
        run: requestRate,
        expected: 'As many as on another day at this hour.',
        ifNot: 'Fewer: clients wait, or the load balancer has not taken all instances back.',
        minutes: 2,
      },
      {
        language: 'promql',
        title: 'Note what it cost',
        run: budgetLeft,
        expected: 'The share of the budget that is left; write it into the incident.',
        ifNot: 'Negative: no feature releases until it recovers.',
        minutes: 1,
      },
    ],
    undo: [
      {
        language: 'sh',
        title: 'Deploy the new version again',
        note: 'When it turns out that the change was not the cause. As a canary, by [[runbook:deployment]], not at once.',
        run: sh`canary_deploy "\${NEW_VERSION:?set it first: the version that was rolled back}"`,
        expected: 'It starts, without traffic.',
        ifNot: 'It does not: leave it, the old version serves.',
        minutes: 3,
      },
      {
        language: 'sh',
        title: 'Lift what was silenced',
        run: amtool(sh`silence query service="$SERVICE"`),
        note: 'End each with `silence expire` and its id.',
        expected: 'Nothing is silenced for the service any more.',
        ifNot: 'A silence of somebody else: ask.',
        minutes: 1,
      },
    ],
    messages: [
      {
        title: 'Rollback starts',
        when: 'At once, in the channel of the incident or of the service. Send it before you type the command.',
        body: 'Rolling back {service} in {environment} from {new version} to {old version}, since {trigger, with its number}. Started {time}, done in about 5 minutes. Please deploy nothing until I say so.',
      },
      {
        title: 'Rollback done',
        when: 'When the verification is green.',
        body: '{service} runs {old version} since {time}. Errors {ratio}, p95 {seconds}: as before the change. Users were affected from {time} to {time}: {how}. Deployments are {free again, or: still stopped, because}.',
      },
      {
        title: 'Rollback did not help',
        when: 'When the verification is not green after ten minutes.',
        body: '{service} runs {old version} again and is not better: {number}. The change was not the cause. Escalating to {team}; next update at {time}.',
      },
      {
        title: 'To users',
        when: 'When they noticed; from whoever speaks to them.',
        body: 'From {time} to {time} {what did not work} for {whom}. We have undone the change that caused it. {What they may have to do again.} We are sorry.',
      },
    ],
    dashboards: ['telltale-api', 'telltale-errors'],
    drill: {
      everyDays: 90,
      how: 'In a test environment: deploy, roll back with one command, and take the time until the verification is green. The goal is five minutes. Record it with `git commit --allow-empty -m "drill: rollback, 4 min, by A. Person"`.',
      last: seeLastDrill('rollback', 90),
    },
  };
}

function decide(): Runbook['procedures'][number] {
  return {
    title: 'Decide',
    before: [
      {
        kind: 'text',
        text: 'What was changed last? Undo that, in this order: the first line that fits is the fastest and safest.',
      },
      {
        kind: 'table',
        columns: ['What changed', 'Undo it by', 'Takes', 'Loses data'],
        rows: [
          ['A feature flag', '[[section:Flag]]: switch it off', '1 min', 'no'],
          ['Traffic: canary or blue-green', '[[section:Application]]: `canary_traffic 0`', '1 min', 'no'],
          ['Application code', '[[section:Application]]: deploy the old version', '5 min', 'no'],
          ['Configuration or a secret', '[[section:Configuration]]: the commit before', '5 min', 'no'],
          [
            'Schema, expanded only (new table, new nullable column, new index)',
            '[[section:Database migration]]: nothing. The old code works with it',
            '0 min',
            'no',
          ],
          [
            'Schema, contracted (column or table dropped, type changed)',
            '[[section:Database migration]]: forward-fix',
            '30 min and more',
            'what was dropped is gone already',
          ],
          [
            'Data, rewritten by a migration or a bug',
            '[[section:Database migration]]: restore beside, copy back',
            'hours',
            'what was written since, unless it is merged',
          ],
        ],
      },
    ],
    steps: [
      {
        language: 'sh',
        title: 'See what was changed last',
        run: sh`git log --since='3 days ago' --date=format:'%d.%m. %H:%M' --format='%cd %h %an: %s' -- . | head -n 20`,
        note: 'In the repository of the service; then in that of its configuration.',
        expected: 'A change shortly before the fault.',
        ifNot: 'None: look at flags, at the provider, and at who has access. Then [[runbook:troubleshooting]].',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'Note the versions',
        run: instancesByVersion,
        expected:
          'Set `NEW_VERSION` to the one that runs, and `OLD_VERSION` to the one before, from the registry or the list above.',
        ifNot: 'Nothing: the service is down. The list of your registry has both.',
        minutes: 0.5,
      },
    ],
  };
}
