/** One way back for each kind of change. */
import type { Procedure } from '../runbook.ts';
import { sh } from '../shell.ts';

export function rollbackSteps(): readonly Procedure[] {
  return [flag, application, configuration, databaseMigration];
}

const flag: Procedure = {
  title: 'Flag',
  steps: [
    {
      language: 'none',
      title: 'Switch the flag off',
      note: 'Where flags are switched in your platform. Note the old value first.',
      expected: 'All instances have it within a minute; the failures end.',
      ifNot:
        'Instances cache it: restart them with `service_restart`. Still there: it was not the flag, go to [[section:Application]].',
      minutes: 1,
    },
  ],
};

const application: Procedure = {
  title: 'Application',
  steps: [
    {
      language: 'sh',
      title: 'Stop the pipeline',
      note: 'Otherwise it deploys the new version again, behind your back.',
      run: sh`gh run list --status in_progress --limit 5 || true`,
      expected: 'No deployment runs; cancel one with `gh run cancel` and its id. With another CI: its own page.',
      ifNot: 'It cannot be stopped: revoke its credentials for the time being.',
      minutes: 1,
    },
    {
      language: 'sh',
      title: 'Take traffic from the new version',
      note: 'If old instances still run beside it.',
      run: sh`canary_traffic 0`,
      expected: 'The old version serves everything within a minute. The fire is out: the rest is not urgent.',
      ifNot: 'There are no old instances: go on.',
      minutes: 1,
    },
    {
      language: 'sh',
      title: 'Save the evidence',
      run: sh`service_logs 1h > "$SERVICE-$(date -u +%Y%m%dT%H%MZ).log"; ls -lh "$SERVICE"-*.log`,
      expected: 'A log file. It is gone with the instances otherwise.',
      ifNot: 'It takes longer than half a minute: go on without it, users come first.',
      minutes: 0.5,
    },
    {
      language: 'sh',
      title: 'Deploy the version before',
      run: sh`service_deploy "\${OLD_VERSION:?set it first: the version that ran before}"`,
      expected: 'All instances run it and are ready.',
      ifNot:
        'It does not start, since the schema has changed: see the next section. It cannot be pulled: build it from its tag.',
      minutes: 5,
    },
    {
      language: 'sh',
      title: 'Ask the service how it is',
      run: sh`
        curl -sS -m 5 -w '\n%{http_code} in %{time_total} s\n' "$HEALTH_URL"
        curl -sS -m 5 -w '\n%{http_code} in %{time_total} s\n' "$SERVICE_URL/ready"
      `,
      expected: 'Twice 200.',
      ifNot: '503: its body names the check that fails.',
      minutes: 0.5,
    },
  ],
};

const configuration: Procedure = {
  title: 'Configuration',
  steps: [
    {
      language: 'sh',
      title: 'Revert the change of the configuration',
      note: 'In the repository of the configuration.',
      run: sh`
        git log --oneline -5
        git revert --no-edit "\${BAD_COMMIT:?set it first: the commit to undo}"
        git show --stat HEAD
      `,
      expected: 'A new commit that undoes exactly that change.',
      ifNot: 'Conflicts: something was built on it. `git revert --abort`, and undo by hand what matters.',
      minutes: 2,
    },
    {
      language: 'sh',
      title: 'Put the configuration in force',
      note: 'By its usual way; most services read it at start.',
      run: sh`service_restart`,
      expected: 'All instances are ready with the old configuration.',
      ifNot: 'They do not start: a secret is missing. Compare with the environment that works.',
      minutes: 3,
    },
  ],
};

const databaseMigration: Procedure = {
  title: 'Database migration',
  before: [
    {
      kind: 'list',
      items: [
        '**Expanded only**: leave it. The old code does not see a new table, a new nullable column or a new index. Remove it later, in daylight.',
        '**Contracted**: do not migrate back. Write the smallest release that lets the code live with the schema as it is, and deploy that: forward-fix.',
        '**Data is wrong**: stop what writes, then restore a copy beside the database and repair from it: [[runbook:database-operations#Backup and restore drill]].',
      ],
    },
  ],
  steps: [
    {
      language: 'sh',
      title: 'See which migrations ran',
      run: sh`migrate status`,
      expected: 'The last ones, with their time.',
      ifNot: 'One is half done: an error in the middle. See what of it exists, with `psql "$DATABASE_URL" -c "\\d+"`.',
      minutes: 1,
    },
    {
      language: 'sql',
      title: 'See whether a migration still runs',
      run: `
select pid, now() - xact_start as open_for, state, wait_event_type, left(query, 120) as query
from pg_stat_activity
where query ~* '^\\s*(alter|create|drop|update|delete|insert|reindex|refresh)' and pid <> pg_backend_pid()
order by xact_start nulls last;`.trim(),
      expected: 'No rows.',
      ifNot:
        'It runs: cancel it with `select pg_cancel_backend(pid)`. Most statements undo themselves; `create index concurrently` leaves an invalid index, see the next step.',
      minutes: 1,
    },
    {
      language: 'sql',
      title: 'Find what an aborted migration left behind',
      run: `
select n.nspname as schema, c.relname as index, t.relname as table
from pg_index i
join pg_class c on c.oid = i.indexrelid
join pg_class t on t.oid = i.indrelid
join pg_namespace n on n.oid = c.relnamespace
where not i.indisvalid;`.trim(),
      expected: 'No rows.',
      ifNot:
        'Invalid indexes: harmless for reads, they cost on writes. Drop each with `drop index concurrently`, later.',
      minutes: 1,
    },
    {
      language: 'sh',
      title: 'Take a backup before anything else',
      note: 'Also of a state that is wrong: it is what the repair starts from.',
      run: sh`pg_dump --format=custom --no-owner --file="$BACKUP_DIR/$SERVICE-before-rollback-$(date -u +%Y%m%dT%H%MZ).dump" "$DATABASE_URL" && ls -lh "$BACKUP_DIR" | tail -n 3`,
      expected: 'A file of the usual size.',
      ifNot: 'It fails or takes too long: a snapshot of the volume will do. Never go on without one.',
      minutes: 15,
    },
    {
      language: 'sh',
      title: 'Migrate one step back',
      note: 'Only if that one step was expanding and is in the way, and with the owner of the database beside you.',
      run: sh`migrate down`,
      destructive: 'What was written into the new columns and tables since the migration is gone.',
      expected: 'One step less in `migrate status`, and the old version starts.',
      ifNot: 'It refuses: it has no way down. Forward-fix.',
      minutes: 5,
    },
  ],
};
