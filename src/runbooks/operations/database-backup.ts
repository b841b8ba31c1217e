/** A backup is a file that was restored once. */
import type { Model } from '../../model/model.ts';
import { backupSizeChange } from '../queries/datastores.ts';
import type { Procedure } from '../runbook.ts';
import { sh } from '../shell.ts';

export function backupAndRestore(model: Model): Procedure {
  const { maxAgeHours } = model.knobs.BackupStale;
  return {
    title: 'Backup and restore drill',
    before: [
      {
        kind: 'text',
        text: `A logical backup (\`pg_dump\`) every day; ${maxAgeHours} h is when [[alert:BackupStale]] fires. It loses what was written since: where a day is too much, add continuous archiving of the write-ahead log (\`pg_basebackup\` and an archive), and drill that as well.`,
      },
      {
        kind: 'table',
        columns: ['Question', 'Answer with logical backups only'],
        rows: [
          ['How much can be lost (recovery point)', 'A day at most, if backups are daily and fresh'],
          ['How long does it take (recovery time)', 'What the drill below measures; not what anybody hopes'],
        ],
      },
    ],
    steps: [
      {
        language: 'sh',
        title: 'Take a backup',
        run: sh`
          FILE="$BACKUP_DIR/$SERVICE-$(date -u +%Y%m%dT%H%MZ).dump"
          time pg_dump --format=custom --no-owner --file="$FILE.part" "$DATABASE_URL" && mv "$FILE.part" "$FILE"
          ls -lh "$FILE"
        `,
        note: 'Reads only; it may run beside the service. The name without `.part` appears only when it is complete. For a drill, leave this out and set `FILE` to the newest scheduled backup: that is the one that would be needed.',
        expected: 'A file of the usual size, and the time it took.',
        ifNot: '"permission denied": another role owns a table. "server version mismatch": take a newer `pg_dump`.',
        minutes: 15,
      },
      {
        language: 'sh',
        title: 'Look into the backup',
        run: sh`pg_restore --list "$FILE" | grep -c 'TABLE DATA'`,
        expected: 'The number of tables that hold data.',
        ifNot: '0: it is a dump without data. Do not count it as a backup.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Compare the size of the scheduled backup with the day before',
        note: 'As it was recorded; a backup that you took by hand is not.',
        run: backupSizeChange,
        expected: 'Near 1.',
        ifNot: 'Far below: something is missing. Compare the lists of both files.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Restore it into a scratch database',
        note: 'On a server that is not production. `RESTORE_URL` names an administrative database there, such as `postgres`.',
        run: sh`
          START=$(date +%s)
          psql "\${RESTORE_URL:?set it first: a connection string to a test server}" -v ON_ERROR_STOP=1 -c 'create database restore_drill'
          pg_restore --exit-on-error --no-owner --no-privileges --jobs=2 --dbname="\${RESTORE_URL%/*}/restore_drill" "$FILE"
          echo "restored in $(( $(date +%s) - START )) s"
        `,
        expected: 'No error, and the number that matters: the recovery time.',
        ifNot: 'An extension or role is missing there: note it, production would miss it too on a new server.',
        minutes: 30,
      },
      {
        language: 'sh',
        title: 'Compare the copy with the original',
        run: sh`
          COUNT="select relname, n_live_tup from pg_stat_user_tables order by 1"
          psql "\${RESTORE_URL%/*}/restore_drill" -qc 'analyze'
          diff <(psql "$DATABASE_URL" -Atc "$COUNT") <(psql "\${RESTORE_URL%/*}/restore_drill" -Atc "$COUNT") | head -n 20
        `,
        expected: 'Only small differences, in tables that were written to since the backup; the counts are estimates.',
        ifNot: 'A table is missing or empty: the backup is not complete.',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'Record the drill',
        note: 'Only when the copy was complete. Service and name are those of the backup on the board; the folder is the one that its job records in.',
        run: sh`
          npx telltale backup --restore-tested --service "$SERVICE" --name database --textfile monitoring/textfile
          grep -H restore_test monitoring/textfile/*.prom
        `,
        expected: 'One line for your backup; within a minute "Restore tested" on the board says so.',
        ifNot:
          'Two lines for one backup: delete the file whose name does not begin with `telltale_backup_`, as the exporter shows only one of them. The board stays as it was: the exporter reads another folder.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Remove the scratch database',
        run: sh`psql "$RESTORE_URL" -c 'drop database restore_drill with (force)'`,
        destructive: 'The copy is dropped. Read the prompt: `RESTORE_URL` must not be production.',
        expected: 'DROP DATABASE.',
        ifNot: '"does not exist": it is gone already.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Restore in earnest',
        note: 'Only when the data is lost, with the owner of the data. Never over the old database: beside it, under a new name, then let the services connect to the new one. What is still readable in the old one can be copied over.',
        run: sh`
          psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -c 'create database restored'
          pg_restore --exit-on-error --no-owner --jobs=4 --dbname="\${DATABASE_URL%/*}/restored" "\${BACKUP_FILE:?set it first: the newest good dump}"
          psql "\${DATABASE_URL%/*}/restored" -c 'analyze'
        `,
        destructive:
          'What was written after the backup is not in the new database. Keep the old one until everybody agrees.',
        expected: 'A database `restored`; point the service at it, and verify.',
        ifNot: 'No room for both: another server.',
        minutes: 60,
      },
    ],
  };
}
