import type { Model } from '../../model/model.ts';
import { humanDuration, percent } from '../../objectives/in-words.ts';
import { seeAlertGone } from '../common-steps.ts';
import { postgresUp } from '../queries/datastores.ts';
import { diskForecast, diskFreeShare } from '../queries/process.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';

export function diskSpaceLow(model: Model): AlertPage {
  const { freeRatio, criticalFreeRatio, forecastHours, forecastWindow, for: holds } = model.knobs.DiskSpaceLow;
  return {
    alert: 'DiskSpaceLow',
    meaning: `A disk is nearly full: under ${percent(criticalFreeRatio)} is free, or under ${percent(freeRatio)} and at this pace nothing within ${forecastHours} hours.`,
    why: [
      `A large disk with ${percent(freeRatio)} free that does not fill needs nobody at night; one that fills within ${forecastHours} hours does. The pace is that of the last ${humanDuration(forecastWindow)}.`,
      `Under ${percent(criticalFreeRatio)} any job, dump or log burst fills it, whatever the pace.`,
      `It must hold for ${humanDuration(holds)}. Read-only and virtual file systems are left out.`,
    ],
    impact: 'None yet. When it is full, the database stops, logs are lost and nothing can be deployed.',
    judge: [
      'SEV1 if a database or its write-ahead log lives there: it will stop.',
      'SEV2 otherwise. How long you have, [[step:See how long it lasts]] tells.',
    ],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See which disk it is',
        run: diskFreeShare,
        expected: `One below ${freeRatio}; the labels say host and mount point.`,
        ifNot: 'All above: it is over. Find out what it was.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how long it lasts',
        run: diskForecast('1h', forecastHours * 3_600),
        expected: `Bytes that would be free in ${forecastHours} hours at the pace of the last hour. Positive: there is time to look.`,
        ifNot: 'Negative: it fills within that time. Stop what writes first, then make room.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'See what takes the room',
        run: sh`
          df -h
          sudo du -xh --max-depth=3 / 2>/dev/null | sort -rh | head -n 25
        `,
        note: 'On that host. For another mount point put it in the place of `/`.',
        expected: 'A few folders with most of it: logs, images, backups, a database.',
        ifNot:
          '`du` shows less than `df`: deleted files are still open. Go to [[step:Find deleted files that are still open]].',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'See what grows right now',
        run: sh`sudo find / -xdev -type f -mmin -60 -size +100M -printf '%s %TH:%TM %p\n' 2>/dev/null | sort -rn | head -n 10`,
        expected: 'The file that is being written: a log, a dump, a temporary file of a query.',
        ifNot: 'Nothing: many small files. Use `df -i`: inodes may be what runs out.',
        minutes: 1,
      },
    ],
    isItReal: [
      {
        language: 'sh',
        title: 'Find deleted files that are still open',
        run: sh`sudo find /proc/[0-9]*/fd -lname '*(deleted)' -printf '%p -> %l\n' 2>/dev/null | head -n 20`,
        expected: 'Nothing large.',
        ifNot: 'A log or dump: its room comes back when the process that the number names is restarted.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Read who complains',
        run: sh`service_logs 1h | grep -iE 'ENOSPC|no space left' | tail -n 10`,
        expected: 'Nothing: it is not full yet.',
        ifNot: 'Writes fail already: users notice. Treat it as SEV1.',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: 'Container logs',
        cause: 'No rotation',
        check: '`docker inspect --format "{{.HostConfig.LogConfig}}"` of the container',
      },
      {
        symptom: 'Images and build cache',
        cause: 'Deployments that are never cleaned up',
        check: '`docker system df`',
      },
      {
        symptom: '`pg_wal` grows',
        cause: 'A replication slot that nobody reads, or a failing archive',
        check: '[[runbook:database-operations#Recovery: disk full]]',
      },
      {
        symptom: 'The database itself grows',
        cause: 'Data, or bloat',
        check: '[[runbook:database-operations#Performance tuning]]',
      },
      { symptom: 'Backups', cause: 'Old ones are not removed', check: '[[alert:BackupStale]] is next' },
      { symptom: 'Prometheus', cause: 'Retention, or too many series', check: '[[runbook:monitoring#Common issues]]' },
      { symptom: 'Inodes at 100 %', cause: 'Many small files: sessions, mails, caches', check: '`df -i`' },
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Move old backups away',
        note: 'Copy first, compare, then remove. Never remove the newest three.',
        run: sh`
          ls -t "$BACKUP_DIR/"*.dump | tail -n +4 > old-backups.txt
          xargs -r -a old-backups.txt ls -lh
          rsync --archive --files-from=old-backups.txt --no-relative / "\${BACKUP_ARCHIVE:?set it first: user@host:folder with room}"
          rsync --archive --checksum --dry-run --itemize-changes --files-from=old-backups.txt --no-relative / "$BACKUP_ARCHIVE"
        `,
        expected:
          'The last command prints nothing: the copies are the same. Now the listed files may be removed with `xargs -r -a old-backups.txt rm`.',
        ifNot: 'It lists files: they are not there yet. Do not remove anything.',
        minutes: 15,
      },
      {
        language: 'none',
        title: 'Make the disk larger',
        note: 'With most providers while it is in use: grow the volume, then the partition, then the file system (`sudo growpart`, `sudo resize2fs` or `sudo xfs_growfs`).',
        expected: '`df -h` shows the new size.',
        ifNot: 'It needs a restart of the host: fail the database over first.',
        minutes: 15,
      },
      {
        language: 'sh',
        title: 'Shorten the journal of the system',
        run: sh`
          journalctl --disk-usage
          sudo journalctl --vacuum-size=500M
        `,
        destructive: 'System log lines beyond the newest 500 MB are deleted.',
        expected: 'Hundreds of megabytes to gigabytes freed, at once.',
        ifNot: 'Nothing freed: go on.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Remove what Docker no longer uses',
        run: sh`
          docker system df
          docker image prune --all --force --filter until=168h
          docker builder prune --force --filter until=168h
        `,
        destructive:
          'Images that no container uses and that are older than a week are removed; a rollback to one of them has to pull it again. Volumes stay.',
        expected: '"Total reclaimed space" in gigabytes.',
        ifNot: 'Little: go on.',
        minutes: 3,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See room on the disk',
        run: diskFreeShare,
        expected: `Above ${freeRatio}, and not falling.`,
        ifNot: 'It falls again: what writes is still there. [[step:See what grows right now]]',
        minutes: 5,
      },
      {
        language: 'promql',
        title: 'See that the database is there',
        run: postgresUp,
        expected: '1.',
        ifNot: '0: it stopped when the disk was full. [[runbook:database-operations#Recovery: disk full]]',
        minutes: 0.5,
      },
      seeAlertGone('DiskSpaceLow'),
    ],
    escalate: [
      'It is the disk of a database and you cannot free 10 %: at once, to whoever operates it. Never delete anything below its data folder, least of all in `pg_wal`.',
      'Less than an hour is left at this pace.',
    ],
    falsePositives: [
      'A disk for scratch data that is meant to run full: take its mount point out of the exporter.',
      'A dump that is being written and removed after: real, if two of them do not fit.',
    ],
    silenceBy: ['environment', 'instance'],
    tuning: {
      knobs: true,
      advice: [
        '`freeRatio` and `criticalFreeRatio` are shares (0-1) of free space; `forecastHours` is how far ahead to look, `forecastWindow` how far back.',
        'The forecast for tomorrow is a warning of its own: [[alert:DiskFullTomorrow]].',
      ],
    },
    afterwards: [
      'Put a limit on what filled it: log rotation, retention, an expiry of backups.',
      'See whether [[alert:DiskFullTomorrow]] fired before, and why nobody acted.',
    ],
    runbooks: ['database-operations', 'monitoring'],
  };
}
