/** Is there a backup that could be restored today. */
import { backupCatalog } from '../catalog/backup.ts';
import { identityLabels } from '../catalog/exposers.ts';
import { humanDuration } from '../objectives/in-words.ts';
import type { Model } from '../model/model.ts';
import { promql } from '../promql/expression.ts';
import { maxBy, minBy } from '../promql/functions.ts';
import { gauge } from '../promql/selector.ts';
import { absent } from './absent.ts';
import { type Alert, type AlertBranch, defineAlert } from './alert.ts';
import { anyOf } from './any-of.ts';
import { templateWords } from './go-template.ts';
import { holdOf } from './rule-clock.ts';

const perBackup = [...identityLabels, 'backup'] as const;

export function backupAlerts(model: Model): readonly Alert[] {
  return [backupStale(model)];
}

function backupStale(model: Model): Alert {
  const { maxAgeHours, for: hold } = model.knobs.BackupStale;
  const { whose, service, label } = templateWords(model);
  const backup = label('backup', backupCatalog.lastSuccess);
  return defineAlert({
    name: 'BackupStale',
    group: 'backup',
    branches: backupBranches(model, maxAgeHours),
    for: holdOf(model, hold),
    severity: 'critical',
    component: 'backup',
    annotations: {
      summary: `Backup ${backup} of ${whose} is missing, failed or older than ${maxAgeHours} h`,
      description: `Backup ${backup} of ${whose} has not succeeded within ${maxAgeHours} h, or its last run failed, or it never ran; seen for ${humanDuration(hold)}. Users notice nothing, until data has to be restored.`,
      impact: `If the data of ${service} is lost now, everything since the last good backup is gone.`,
      action: 'Read the log of the last run, mend what stopped it, and run the backup by hand now.',
    },
    panel: { dashboard: 'telltale-database', panel: 'backup-age' },
  });
}

function backupBranches(model: Model, maxAgeHours: number): readonly AlertBranch[] {
  const lastSuccess = maxBy(perBackup, gauge(backupCatalog.lastSuccess));
  const lastRun = minBy(perBackup, gauge(backupCatalog.lastRunStatus));
  const expected = model.services.flatMap(({ name, backups }) => backups.map((backup) => ({ service: name, backup })));
  const neverSeen = expected.map((one) =>
    absent(gauge(backupCatalog.lastSuccess, { environment: model.environment, ...one }), perBackup),
  );
  return [
    {
      id: 'stale',
      expression: promql`time() - ${lastSuccess} > ${maxAgeHours * 3_600}`,
      describes: `the last success is more than ${maxAgeHours} h ago`,
    },
    { id: 'failed', expression: promql`${lastRun} == ${0}`, describes: 'the last run failed' },
    {
      id: 'never-seen',
      expression: anyOf(neverSeen),
      describes: 'a backup that the config lists has never been recorded',
    },
  ];
}
