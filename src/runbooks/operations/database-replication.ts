/** Replicas: how far behind they are, and how one becomes the primary. */
import { replicationLag } from '../queries/datastores.ts';
import type { Procedure } from '../runbook.ts';
import { sh } from '../shell.ts';

export function failover(): Procedure {
  return {
    title: 'Recovery: failover',
    before: [
      {
        kind: 'list',
        items: [
          'Two people decide. A primary that may come back is not lost: wait, or make sure that it cannot.',
          'With a managed database or a cluster manager (Patroni, repmgr, CloudNativePG): use its command, never these.',
          'What the replica had not received is lost: note its position before you promote it.',
        ],
      },
    ],
    steps: [
      {
        language: 'promql',
        title: 'See how far the replica is behind',
        run: replicationLag,
        expected: 'Seconds.',
        ifNot: 'Minutes or hours: that much would be lost. Weigh it against waiting.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Make sure that the old primary is dead',
        note: 'On its host. It stops serving; two primaries that both take writes are worse than none: they cannot be merged.',
        run: sh`
          docker compose stop postgres || sudo systemctl stop postgresql
          sudo systemctl disable postgresql 2>/dev/null || true
          pg_isready -d "$DATABASE_URL"
        `,
        expected: '"no response".',
        ifNot: 'It answers: something restarts it. Stop here until it is dead, or cut it off from the network.',
        minutes: 2,
      },
      {
        language: 'sh',
        title: 'Note where the replica stands',
        note: '`REPLICA_URL`: a superuser on the replica.',
        run: sh`psql "\${REPLICA_URL:?set it first: a superuser on the replica}" -c 'select pg_is_in_recovery(), pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn(), pg_last_xact_replay_timestamp()'`,
        expected:
          '`t`, and the time of the last transaction that it has. Write it into the timeline: what came later is lost.',
        ifNot: '`f`: it is a primary already.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Promote the replica',
        run: sh`psql "$REPLICA_URL" -c 'select pg_promote(wait => true, wait_seconds => 60)' -c 'select pg_is_in_recovery()'`,
        destructive: 'There is no way back: from now on it has a history of its own.',
        expected: '`t`, then `f`: it takes writes.',
        ifNot: '`f` first: it did not finish in a minute. Its log says why; do not promote twice.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Point the services at the new primary',
        note: 'By the name they connect to (DNS, proxy) or by their configuration. Then restart them, so that no pool keeps an old connection.',
        run: sh`
          service_restart
          curl -sS -m 5 -w '\n%{http_code}\n' "$SERVICE_URL/ready"
        `,
        expected: '200: it reads and writes.',
        ifNot: '503: it still connects to the old one.',
        minutes: 5,
      },
      {
        language: 'none',
        title: 'Build a new replica at once',
        note: 'You now run on one leg. From the new primary, with `pg_basebackup --write-recovery-conf`; the old primary only after `pg_rewind`, or from scratch. Its exporter and backups must follow to the new primary too.',
        expected: 'A replica that follows, and a backup of the new primary.',
        ifNot: 'No host for it: tell the owner of the data that there is no second copy.',
        minutes: 60,
      },
    ],
  };
}

export function replicationLagRecovery(): Procedure {
  return {
    title: 'Recovery: replication lag',
    steps: [
      {
        language: 'sql',
        title: 'See the replicas from the primary',
        run: `
select application_name, client_addr, state, sync_state,
       pg_size_pretty(pg_wal_lsn_diff(sent_lsn, replay_lsn)) as not_replayed,
       write_lag, flush_lag, replay_lag
from pg_stat_replication;`.trim(),
        expected: '`streaming`, kilobytes, milliseconds.',
        ifNot:
          'Not listed: not connected, read its log. `flush_lag` high: network or disk of the replica. Only `replay_lag` high: a query on the replica holds it up.',
        minutes: 0.5,
      },
      {
        language: 'sql',
        title: 'See what holds a replica up',
        note: 'On the replica.',
        run: `
select pid, usename, now() - xact_start as open_for, left(query, 120) as query
from pg_stat_activity
where backend_type = 'client backend' and xact_start is not null and pid <> pg_backend_pid()
order by xact_start
limit 10;`.trim(),
        expected: 'Short queries.',
        ifNot: 'One runs for long: cancel it, or give reports a replica of their own.',
        minutes: 0.5,
      },
      {
        language: 'none',
        title: 'Take readers away from the replica',
        note: 'While it lags they read old data: let the services read from the primary.',
        expected: 'No user sees old data; the replica catches up.',
        ifNot: 'The primary cannot carry it: show the age of the data instead.',
        minutes: 5,
      },
    ],
  };
}
