import type { Model } from '../../model/model.ts';
import { humanDuration } from '../../objectives/in-words.ts';
import { seeAlertGone } from '../common-steps.ts';
import {
  backupAge,
  backupLastRun,
  backupSize,
  backupSizeChange,
  databaseSize,
  restoreTestAge,
} from '../queries/datastores.ts';
import { diskFreeShare } from '../queries/process.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';

export function backupStale(model: Model): AlertPage {
  const { maxAgeHours, for: holds } = model.knobs.BackupStale;
  return {
    alert: 'BackupStale',
    meaning: `A backup has not succeeded for ${maxAgeHours} hours, or its last run failed, or it was never seen.`,
    why: [
      `${maxAgeHours} hours are a day and some slack for a daily backup that starts late or runs long.`,
      `It must hold for ${humanDuration(holds)}, so that a run that fails and is repeated at once does not page.`,
      'A backup that the config lists and nobody records fires too: silence is not success.',
    ],
    impact: 'None today. If the data is lost now, everything since the last good backup is lost with it.',
    judge: [
      'Judge by the age: [[step:See how old each backup is]]. What was written since then is what you stand to lose.',
      'SEV2 if there is no other copy (no replica, no snapshot). SEV3 if there is.',
      'It becomes SEV1 the moment the database is in trouble too.',
    ],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See how old each backup is',
        run: backupAge,
        expected: `Seconds since the last success; ${maxAgeHours * 3_600} are ${maxAgeHours} hours.`,
        ifNot: 'Your backup is missing: it was never recorded. Go to [[step:See whether the backup job runs at all]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how the last run ended',
        run: backupLastRun,
        expected: '0: it ran and failed. Go to [[step:Read the log of the last run]].',
        ifNot:
          '1 with a high age: it does not run any more. Go to [[step:See whether the backup job runs at all]]. Nothing: one is under way, or was killed before its end. Go to [[step:See whether the last run was killed]].',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'See whether the backup job runs at all',
        run: sh`
          systemctl list-timers --all --no-pager | grep -iE 'backup|next'
          crontab -l 2>/dev/null | grep -i backup
        `,
        note: 'On the host where the backup runs. On Kubernetes: `kubectl get cronjobs,jobs`.',
        expected: 'A timer or cron line, with a last run in the last day.',
        ifNot: 'None: the job was lost with a host or a release. Go to [[step:Take a backup now]], then put it back.',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'See whether there is room for a backup',
        run: diskFreeShare,
        expected: `More than ${model.knobs.DiskSpaceLow.freeRatio} on the disk that backups are written to.`,
        ifNot: 'Less: that is the cause. Go to [[alert:DiskSpaceLow]].',
        minutes: 0.5,
      },
    ],
    isItReal: [
      {
        language: 'sh',
        title: 'Read the log of the last run',
        run: sh`journalctl --since -${maxAgeHours}h --no-pager | grep -iE 'pg_dump|pg_basebackup|backup' | tail -n 40`,
        expected: 'The error of the last run: no space, no permission, a password, a version that does not fit.',
        ifNot:
          'It says success: only the recording failed. Go to [[step:See what was recorded]]. It ends in the middle: [[step:See whether the last run was killed]].',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'See whether the last run was killed',
        note: 'A run that is killed can record nothing. On Kubernetes: `kubectl describe jobs`, and look for `OOMKilled` and `DeadlineExceeded`.',
        run: sh`
          pgrep -af 'pg_dump|pg_basebackup|telltale backup'
          journalctl -k --since -${maxAgeHours}h --no-pager | grep -iE 'out of memory|killed process' | tail -n 5
          uptime --since
        `,
        expected: 'One line of `pgrep`: the backup is under way. Wait for it.',
        ifNot:
          'Killed for want of memory, or the host restarted since the last run began: give the job more memory or another hour, then [[step:Run the scheduled job by hand]].',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'See what was recorded',
        run: sh`
          ls -l monitoring/textfile/
          grep -H '^backup_' monitoring/textfile/*.prom
        `,
        note: 'On the host where the backup runs: the folder that its job is told by `--textfile`, and that the node exporter reads.',
        expected:
          '`telltale_backup_$SERVICE_<backup>.prom`, as new as the last run, `-rw-r--r--`, with the same values as [[step:See how old each backup is]].',
        ifNot:
          'No such file: the job does not record itself, or in another folder. Not readable by all: `chmod 644`. Other values than Prometheus has: the node exporter reads another folder, or is not scraped.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Look at the files',
        run: sh`ls -lht "$BACKUP_DIR" | head -n 5`,
        expected: 'The newest file is as old as the alert says.',
        ifNot: 'It is fresh, and as large as yesterday: the backup is there, only the metric is not.',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: 'Last run 0, "No space left on device"',
        cause: 'Disk full, old backups are not removed',
        check: '[[step:See whether there is room for a backup]]',
      },
      {
        symptom: 'Last run 0, "authentication failed"',
        cause: 'Credentials were rotated',
        check: '[[runbook:database-operations#Credentials rotation]]',
      },
      {
        symptom: 'Last run 0, "server version mismatch"',
        cause: 'The server was upgraded, `pg_dump` was not',
        check: '`pg_dump --version` and `select version()`',
      },
      {
        symptom: 'Last run 1, age grows',
        cause: 'The schedule is gone',
        check: '[[step:See whether the backup job runs at all]]',
      },
      {
        symptom: 'No last run at all, age grows',
        cause: 'Each run is killed before its end: memory, a time limit, a restart of the host',
        check: '[[step:See whether the last run was killed]]',
      },
      {
        symptom: 'Never seen',
        cause: 'New service, whose backup job does not record itself',
        check: '`backups` of the service in telltale.config.ts, and `npx telltale backup --help`',
      },
      {
        symptom: 'Succeeds, but far smaller than before',
        cause: 'It backs up the wrong database, or a part',
        check: '[[step:See whether the backup is complete]]',
      },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Take a backup now',
        note: 'It reads only; on a busy primary take it from a replica. More in [[runbook:database-operations#Backup and restore drill]].',
        run: sh`
          FILE="$BACKUP_DIR/$SERVICE-$(date -u +%Y%m%dT%H%MZ).dump"
          pg_dump --format=custom --no-owner --file="$FILE.part" "$DATABASE_URL" && mv "$FILE.part" "$FILE"
          pg_restore --list "$FILE" | head -n 12
          ls -lh "$FILE"
        `,
        expected: 'A table of contents that names your database, and a file of the usual size.',
        ifNot: 'An error: it is the same that stops the scheduled one. Mend that, then repeat.',
        minutes: 15,
      },
      {
        language: 'sh',
        title: 'Run the scheduled job by hand',
        note: 'So that the metric is recorded and the way that must work every night is seen to work.',
        run: sh`sudo systemctl start backup.service && systemctl status --no-pager backup.service | tail -n 15`,
        expected: 'Exit code 0, and a new file.',
        ifNot: 'It fails: read its last lines, mend, repeat. Until then take one by hand every day.',
        minutes: 15,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the age fall',
        run: backupAge,
        expected: 'Minutes.',
        ifNot: 'It still grows: the recorder did not run, or its file is not scraped.',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'See whether the backup is complete',
        run: backupSizeChange,
        expected: 'Near 1: as large as the day before.',
        ifNot: 'Far below 1: something is missing from it. Compare with [[step:See how large the database is]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how large the database is',
        run: databaseSize,
        expected: 'Some times the size of the dump, which is compressed; the ratio is the same every day.',
        ifNot: 'The ratio changed: look at the table of contents of the dump.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how large the backup is',
        run: backupSize,
        expected: 'Bytes, as on other days.',
        ifNot: '0 or a few kilobytes: it is empty. Treat it as no backup.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See when a restore was last tested',
        run: restoreTestAge,
        expected: 'Less than 7776000 seconds (90 days).',
        ifNot:
          'More, or nothing: a backup that was never restored is a hope. Plan the drill: [[runbook:database-operations#Backup and restore drill]].',
        minutes: 0.5,
      },
      seeAlertGone('BackupStale'),
    ],
    escalate: [
      'No backup by hand within an hour: to whoever operates the database.',
      'The newest good backup is older than what the company has promised: to the owner of the data, today.',
    ],
    falsePositives: [
      'A service without data of its own: take `backups` out of its config.',
      'A weekly backup: it needs a larger `maxAgeHours`, and a second thought.',
    ],
    silenceBy: ['service', 'environment'],
    tuning: {
      knobs: true,
      advice: [
        '`maxAgeHours` is one for all backups. Set it to the time between two backups plus the longest run plus an hour.',
        'The backup job records itself, also when it fails: `telltale backup` before its command, or `backupRecorder()` in its code.',
      ],
    },
    afterwards: [
      'Find out for how long nobody would have noticed, and write it down.',
      'Restore the new backup into a scratch database once.',
    ],
    runbooks: ['database-operations'],
  };
}
