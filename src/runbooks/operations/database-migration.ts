/** Changing the schema under a running service. */
import { locksByMode } from '../queries/datastores.ts';
import { errorRatio } from '../queries/requests.ts';
import type { Procedure } from '../runbook.ts';
import { sh } from '../shell.ts';

export function migrationExecution(): Procedure {
  return {
    title: 'Migration execution',
    before: [
      {
        kind: 'text',
        text: 'Expand, move, contract: three releases, so that each schema works with the code before and after it.',
      },
      {
        kind: 'table',
        columns: ['Change', 'Safe way'],
        rows: [
          ['Add a column', 'Nullable, or with a constant default. Fill old rows in batches; add `not null` later'],
          [
            'Rename a column',
            'Never. Add the new one, write both, copy, read the new one, drop the old one in a later release',
          ],
          ['Add an index', '`create index concurrently`, outside a transaction'],
          ['Add a foreign key or check', '`not valid` first, `validate constraint` in a second step'],
          ['Drop a column or table', 'Two releases after the last code that reads it, with a backup of that day'],
          ['Change a type', 'A new column, as for a rename'],
          ['Update many rows', 'In batches of some thousand, each its own transaction, with a pause'],
        ],
      },
      {
        kind: 'text',
        text: 'The danger is the queue for a lock: a statement that waits for its lock makes all others wait behind it. So every migration sets a `lock_timeout` and is repeated when it runs into it.',
      },
    ],
    steps: [
      {
        language: 'sh',
        title: 'Run it on a copy first',
        note: 'Restore the backup of today into the scratch database first, as in [[section:Backup and restore drill]]. The first command must answer `restore_drill`: only then run the second.',
        run: sh`
          COPY_URL="\${RESTORE_URL%/*}/restore_drill"
          psql "$COPY_URL" -Atc 'select current_database()'
          time DATABASE_URL="$COPY_URL" migrate up
        `,
        expected: 'It succeeds, in a time that you would tolerate in production.',
        ifNot: 'Minutes: split it, or move the copying into batches.',
        minutes: 10,
      },
      {
        language: 'sh',
        title: 'Take a fresh backup',
        run: sh`pg_dump --format=custom --no-owner --file="$BACKUP_DIR/$SERVICE-before-migration-$(date -u +%Y%m%dT%H%MZ).dump" "$DATABASE_URL" && ls -lh "$BACKUP_DIR" | tail -n 2`,
        expected: 'A file of the usual size.',
        ifNot: 'No backup, no migration that removes or rewrites anything.',
        minutes: 15,
      },
      {
        language: 'sql',
        title: 'See that nothing old is in the way',
        run: `
select pid, usename, application_name, state, now() - xact_start as open_for, left(query, 100) as query
from pg_stat_activity
where xact_start < now() - interval '1 minute' and pid <> pg_backend_pid() and backend_type = 'client backend'
order by xact_start;`.trim(),
        expected: 'No rows.',
        ifNot:
          'A transaction older than a minute: the migration would wait for it, and everybody behind the migration. [[section:Recovery: long transactions]]',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Run the migration',
        note: 'With a timeout for locks, so that it gives up instead of stopping everybody. Repeat when it does.',
        run: sh`PGOPTIONS='-c lock_timeout=5s -c statement_timeout=15min' migrate up`,
        expected: 'It succeeds, and `migrate status` shows nothing pending.',
        ifNot:
          '"canceling statement due to lock timeout": nothing was changed; repeat in a quieter minute. Anything else: [[runbook:rollback#Database migration]].',
        minutes: 10,
      },
      {
        language: 'promql',
        title: 'Watch the locks',
        note: 'In another window, while it runs.',
        run: locksByMode,
        expected: '`accessexclusivelock` for moments only.',
        ifNot: 'For more than ten seconds: cancel the migration.',
        minutes: 5,
      },
      {
        language: 'promql',
        title: 'Watch the service',
        run: errorRatio,
        expected: 'Unchanged.',
        ifNot: 'It rises: cancel the migration first, then look.',
        minutes: 5,
      },
      {
        language: 'sql',
        title: 'Refresh the statistics',
        note: 'New columns and indexes have none, and plans are bad until they do.',
        run: 'analyze;',
        expected: 'ANALYZE.',
        ifNot: 'It waits: a table is locked, see above.',
        minutes: 3,
      },
    ],
  };
}
