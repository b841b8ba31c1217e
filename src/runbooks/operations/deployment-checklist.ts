/** What must be true before the first step of a deployment. */
import { hasSource } from '../../model/sources.ts';
import type { Model } from '../../model/model.ts';
import { backupAge } from '../queries/datastores.ts';
import { budgetLeft } from '../queries/objectives.ts';
import { instancesByVersion } from '../queries/requests.ts';
import { firing, targetsDown } from '../queries/stack.ts';
import type { Procedure, Step } from '../runbook.ts';
import { sh } from '../shell.ts';
import { amtool, promtoolQuery } from '../terminal/stack-commands.ts';

export function checklist(model: Model): Procedure {
  const { maxAgeHours } = model.knobs.BackupStale;
  const freshBackup: readonly Step[] = hasSource(model, 'backup')
    ? [
        {
          language: 'promql',
          title: 'Check that the backup is fresh',
          note: 'If the release migrates data.',
          run: backupAge,
          expected: `Seconds, below ${maxAgeHours * 3_600} (${maxAgeHours} h); for a migration that deletes or rewrites, take one now.`,
          ifNot: 'Older: [[alert:BackupStale]] first.',
          minutes: 0.5,
        },
      ]
    : [];
  return {
    title: 'Pre-deployment checklist',
    before: [
      {
        kind: 'checklist',
        items: [
          'The change was reviewed, and its tests are green on the commit that is deployed.',
          'The migration, if there is one, works with the old and the new code: expand first, contract in a later release ([[runbook:database-operations#Migration execution]]).',
          'New configuration and secrets are in place in this environment; new flags are off.',
          'What should look different on the dashboards is written down, with a number.',
          'The way back is known: `OLD_VERSION` can still be pulled, and nothing in the release prevents going back.',
          'Somebody who knows the change can be reached until the last stage ends. Not on a Friday afternoon.',
        ],
      },
    ],
    steps: [
      {
        language: 'promql',
        title: 'Check that nothing fires',
        run: firing,
        expected: 'Nothing for the service and for what it depends on.',
        ifNot: 'Something fires: do not deploy on top of it, unless the release is the cure.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Check that there is budget to spend',
        run: budgetLeft,
        expected: 'Above 0.2 (20 %) for every SLO of the service.',
        ifNot:
          'Below: only a release that mends something. Below 0: only with the consent of the owner of the service.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Note the version that runs',
        run: instancesByVersion,
        expected: 'One version on every instance. Set `OLD_VERSION` to it in your terminal.',
        ifNot: 'Two: a deployment is under way, or the last one was not finished. Clear that up first.',
        minutes: 0.5,
      },
      ...freshBackup,
      {
        language: 'sh',
        title: 'Check that the migration is compatible',
        note: 'Only with a migration. It lists what would run, and runs nothing.',
        run: sh`migrate status`,
        expected: 'The new steps are pending, and none of them drops or renames what the old code still uses.',
        ifNot: 'One does: split it. It cannot be rolled back by deploying the old version.',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'Check that alerts would reach somebody',
        run: sh`
          ${amtool(sh`alert query alertname=Watchdog`)}
          ${amtool(sh`config routes test severity=critical service="$SERVICE" environment="$ENVIRONMENT"`)}
          ${promtoolQuery(targetsDown)}
        `,
        expected:
          'The alert that always fires has arrived; then the receiver that pages; then nothing, as every target answers.',
        ifNot:
          'Deploying blind is not an option. Not arrived: [[alert:Watchdog]]. A receiver that notifies nobody: add one to `receivers` in telltale.config.ts. A target: [[alert:TargetDown]].',
        minutes: 1,
      },
    ],
  };
}
