/** What stops a database, and how to start it again. */
import { connectionsByState, idleInTransaction, longestTransaction } from '../queries/datastores.ts';
import type { Procedure } from '../runbook.ts';
import { sh } from '../shell.ts';

export function connectionExhaustion(): Procedure {
  return {
    title: 'Recovery: connection exhaustion',
    before: [
      {
        kind: 'text',
        text: 'The server says "too many clients already", or requests wait for the pool. [[alert:DatabaseConnectionsHigh]] leads here.',
      },
    ],
    steps: [
      {
        language: 'promql',
        title: 'See what the connections do',
        run: connectionsByState,
        expected:
          'One state stands out: `active` is load or slow queries, `idle` is too large a pool, `idle in transaction` is a leak.',
        ifNot: 'Nothing: the exporter has no connection either. Use the reserved ones of a superuser.',
        minutes: 0.5,
      },
      {
        language: 'sql',
        title: 'Compare the limit with its use',
        run: `
select current_setting('max_connections')::int as max_connections,
       current_setting('superuser_reserved_connections')::int as reserved,
       count(*) filter (where backend_type = 'client backend') as used,
       count(*) filter (where state = 'idle') as idle,
       count(*) filter (where state like 'idle in transaction%') as idle_in_transaction
from pg_stat_activity;`.trim(),
        expected: '`used` near `max_connections` less `reserved`.',
        ifNot: 'Far below: the pool of the service is the limit, not the server.',
        minutes: 0.5,
      },
      {
        language: 'sql',
        title: 'End idle sessions of applications',
        note: 'Pools open new ones when they need them. Sessions of administrators and replicas are left alone.',
        run: `
select pid, usename, application_name, client_addr, now() - state_change as idle_for,
       pg_terminate_backend(pid) as ended
from pg_stat_activity
where state = 'idle' and state_change < now() - interval '10 minutes'
  and backend_type = 'client backend' and pid <> pg_backend_pid()
  and not (select rolsuper from pg_roles where rolname = usename);`.trim(),
        destructive:
          'Session state of those connections (temporary tables, advisory locks) is lost. No committed data is.',
        expected: 'A row for each; the services connect again.',
        ifNot: 'They fill up again at once: too many instances or too large pools. Take instances away.',
        minutes: 1,
      },
      {
        language: 'sql',
        title: 'Keep it from coming back',
        note: 'For the whole database; roles that need more set their own.',
        run: `
do $$
begin
  execute format('alter database %I set idle_in_transaction_session_timeout = %L', current_database(), '60s');
  execute format('alter database %I set idle_session_timeout = %L', current_database(), '1h');
end $$;`.trim(),
        expected: 'DO. It holds for new sessions.',
        ifNot: '"must be owner": ask the owner of the database.',
        minutes: 0.5,
      },
    ],
  };
}

export function longTransactions(): Procedure {
  return {
    title: 'Recovery: long transactions',
    before: [
      {
        kind: 'text',
        text: 'An open transaction holds its locks, and keeps vacuum from removing dead rows in the whole database.',
      },
    ],
    steps: [
      {
        language: 'promql',
        title: 'See how old the oldest is',
        run: longestTransaction,
        expected: 'Seconds; minutes for reports.',
        ifNot: 'Hours: go on.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Count those that do nothing',
        run: idleInTransaction,
        expected: '0 or a moment of 1.',
        ifNot: 'Some, all the time: an application begins transactions and then waits for something else.',
        minutes: 0.5,
      },
      {
        language: 'sql',
        title: 'See who waits for whom',
        run: `
select blocked.pid as blocked, now() - blocked.query_start as waits_for, left(blocked.query, 80) as blocked_query,
       blocking.pid as blocking, blocking.state, now() - blocking.xact_start as open_for,
       blocking.application_name, left(blocking.query, 80) as blocking_query
from pg_stat_activity blocked
cross join lateral unnest(pg_blocking_pids(blocked.pid)) as b(pid)
join pg_stat_activity blocking on blocking.pid = b.pid
order by waits_for desc;`.trim(),
        expected: 'No rows.',
        ifNot: 'The `blocking` that is not itself blocked is the one to end.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'End one of them',
        note: 'First ask (cancel), then insist (terminate). Read its query again before.',
        run: sh`
          psql "$DATABASE_URL" -v pid="\${BACKEND_PID:?set it first: the pid of the session to end}" <<'END'
          select pid, usename, application_name, state, left(query, 200) from pg_stat_activity where pid = :pid;
          select pg_cancel_backend(:pid);
          select pg_sleep(2);
          select pg_terminate_backend(pid) from pg_stat_activity where pid = :pid and state <> 'idle';
          END
        `,
        destructive: 'What that transaction has not committed is rolled back.',
        expected: 'The row, then `t`; those that were blocked go on.',
        ifNot:
          '`f`: not your session, you need `pg_signal_backend`. It stays: it is rolling back, which takes as long as the work took.',
        minutes: 1,
      },
      {
        language: 'sql',
        title: 'See how far transaction ids are from wrapping around',
        run: `
select datname, age(datfrozenxid) as transactions_old,
       round(100.0 * age(datfrozenxid) / 2147483647, 1) as percent_of_limit
from pg_database
order by 2 desc;`.trim(),
        expected: 'Below 10 percent.',
        ifNot:
          'Above 50: vacuum cannot keep up, often because of a very old transaction or replication slot. End it, then `vacuum (freeze, verbose)` the largest tables. At 100 the server stops accepting writes.',
        minutes: 0.5,
      },
    ],
  };
}

export function diskFull(): Procedure {
  return {
    title: 'Recovery: disk full',
    before: [
      {
        kind: 'text',
        text: '**Never delete anything in the data folder**, least of all in `pg_wal`: that is the database. Make room elsewhere first: [[alert:DiskSpaceLow]].',
      },
    ],
    steps: [
      {
        language: 'sql',
        title: 'See what is large',
        run: `
select c.oid::regclass as relation, c.relkind,
       pg_size_pretty(pg_total_relation_size(c.oid)) as total,
       pg_size_pretty(pg_relation_size(c.oid)) as table_only
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
order by pg_total_relation_size(c.oid) desc
limit 15;`.trim(),
        expected: 'The tables you know.',
        ifNot: 'One grew: old rows that nobody deletes, or bloat: [[section:Performance tuning]].',
        minutes: 1,
      },
      {
        language: 'sql',
        title: 'See whether a replication slot holds the log',
        run: `
select slot_name, slot_type, active, wal_status,
       pg_size_pretty(pg_wal_lsn_diff(
         case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end,
         restart_lsn)) as held_back
from pg_replication_slots
order by restart_lsn;`.trim(),
        expected: 'No rows, or active ones that hold megabytes.',
        ifNot: 'Inactive and gigabytes: nobody reads it any more. Go to [[step:Drop an abandoned replication slot]].',
        minutes: 0.5,
      },
      {
        language: 'sql',
        title: 'See whether archiving fails',
        run: `
select archived_count, failed_count, last_failed_wal, last_failed_time, last_archived_time
from pg_stat_archiver;`.trim(),
        expected: '`last_failed_time` empty or long ago.',
        ifNot: 'It fails now: the log is kept until it succeeds. Mend the archive command.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Drop an abandoned replication slot',
        note: 'Only when its reader is gone for good: ask its owner.',
        run: sh`psql "$DATABASE_URL" -v slot="\${SLOT:?set it first: the slot_name}" <<'END'
select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = :'slot' and not active;
checkpoint;
END`,
        destructive: 'A replica that still needs the slot has to be built anew.',
        expected: 'One row; after the checkpoint the log shrinks within minutes.',
        ifNot: 'No row: it is active, or the name is wrong.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Start a server that stopped',
        note: 'Once there are some gigabytes of room.',
        run: sh`
          df -h
          docker compose start postgres || sudo systemctl start postgresql
          sleep 5 && pg_isready -d "$DATABASE_URL"
        `,
        expected: '"accepting connections", perhaps after some minutes of replaying.',
        ifNot: '`PANIC` in its log: stop, touch nothing, escalate.',
        minutes: 5,
      },
    ],
  };
}
