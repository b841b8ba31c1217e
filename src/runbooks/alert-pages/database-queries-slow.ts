import type { Model } from '../../model/model.ts';
import { humanDuration, humanSeconds } from '../../objectives/in-words.ts';
import { seeAlertGone, seeRecentStarts, seeWhatElseFires } from '../common-steps.ts';
import {
  bufferHitShare,
  connectionsByState,
  locksByMode,
  longestTransaction,
  queryQuantile,
  slowQueries,
} from '../queries/datastores.ts';
import { diskBusyShare } from '../queries/process.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';

export function databaseQueriesSlow(model: Model): AlertPage {
  const { threshold, quantile, minQueryRate, for: holds } = model.knobs.DatabaseQueriesSlow;
  const level = `p${quantile * 100}`;
  const limit = humanSeconds(threshold);
  return {
    alert: 'DatabaseQueriesSlow',
    meaning: `One query in ${Math.round(1 / (1 - quantile))} takes longer than ${limit}, measured in the service.`,
    why: [
      `${limit} is the whole time that a request has by its objective (p99 within ${humanSeconds(model.lines.latencyP99Seconds)}). It is a bucket bound, so the ${level} is measured there and not interpolated.`,
      `It must hold for ${humanDuration(holds)} at ${minQueryRate} queries a second or more: a nightly report is over sooner, and a handful of queries has no percentile.`,
      'Measured from sending to the last row, waiting for a connection not included.',
    ],
    impact: 'Requests that need the database are slow; connections are held longer, until they run out.',
    judge: [
      'SEV2 if [[alert:DatabaseConnectionsHigh]] or [[alert:HighResponseTime]] fires too: it spreads.',
      'SEV3 otherwise.',
    ],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See which statements are slow',
        run: queryQuantile(quantile),
        expected:
          'Seconds by pool and kind of statement. `select`: plans, indexes, cache. `update`, `delete`: locks. All of them: the server itself.',
        ifNot: 'All are fast: it is over. Go to [[section:Confirm that it is over]].',
        minutes: 0.5,
      },
      {
        language: 'sql',
        title: 'See what runs right now, and what blocks it',
        run: `
select a.pid, now() - a.query_start as running_for, a.wait_event_type, a.wait_event,
       pg_blocking_pids(a.pid) as blocked_by, left(a.query, 120) as query
from pg_stat_activity a
where a.state = 'active' and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()
order by a.query_start
limit 20;`.trim(),
        expected: 'A few rows of less than a second, `blocked_by` empty.',
        ifNot:
          '`blocked_by` has numbers: locks, go to [[runbook:database-operations#Recovery: long transactions]]. `wait_event_type` is `IO`: the disk. Many rows of the same query: that query.',
        minutes: 1,
      },
      {
        language: 'sql',
        title: 'See which statements take the most time',
        note: 'Needs the extension `pg_stat_statements`.',
        run: `
select round(total_exec_time::numeric / 1000, 1) as total_seconds, calls,
       round(mean_exec_time::numeric, 1) as mean_ms, round(max_exec_time::numeric, 1) as max_ms,
       rows / greatest(calls, 1) as rows_per_call, left(query, 120) as query
from pg_stat_statements
order by total_exec_time desc
limit 10;`.trim(),
        expected: 'One or two statements with most of the time: the ones to mend. Go to [[step:Look at the plan]].',
        ifNot: '"relation does not exist": the extension is not there. Use the log: `log_min_duration_statement`.',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'See the oldest transaction',
        run: longestTransaction,
        expected: 'Seconds.',
        ifNot:
          'Minutes or hours: it holds locks, and keeps vacuum from cleaning. [[runbook:database-operations#Recovery: long transactions]]',
        minutes: 0.5,
      },
      seeRecentStarts,
      seeWhatElseFires,
    ],
    isItReal: [
      {
        language: 'promql',
        title: 'Count slow queries',
        run: slowQueries,
        expected: 'Queries a second over the slow query threshold of the pool.',
        ifNot: '0: a few very slow queries in little traffic. Look at the panel over three hours.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Read what the service says',
        run: sh`service_logs 15m | grep -iE 'slow query|statement timeout|deadlock|canceling statement' | tail -n 20`,
        expected: 'The slow statements, where the service logs them.',
        ifNot: 'Nothing: take them from `pg_stat_statements` above.',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: 'One statement, since a release',
        cause: 'A new query, or one called far more often',
        check: '[[step:See whether it was just deployed or restarted]]',
      },
      {
        symptom: 'One statement, nothing was deployed',
        cause: 'Another plan: statistics are old, or the table grew',
        check: '[[step:Look at the plan]]',
      },
      {
        symptom: '`blocked_by` has numbers',
        cause: 'Locks: a migration, or a transaction left open',
        check: '[[step:See what runs right now, and what blocks it]]',
      },
      {
        symptom: 'All statements, buffer hit share fell',
        cause: 'Memory: another query sweeps the cache',
        check: '[[step:See whether the cache of the server still works]]',
      },
      {
        symptom: 'All statements, disk busy',
        cause: 'Disk: checkpoint, backup, vacuum, a noisy neighbour',
        check: '[[step:See whether the disk is busy]]',
      },
    ],
    mitigation: [
      {
        language: 'promql',
        title: 'See whether the cache of the server still works',
        run: bufferHitShare,
        expected: 'Above 0.99 for a database that fits its memory, or its usual value.',
        ifNot: 'It fell: find the sweeping query in the list above, and cancel it.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether the disk is busy',
        run: diskBusyShare,
        expected: 'Below 0.8 of the time.',
        ifNot: 'Near 1: stop what can wait (backup, import, reindex), then look again.',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Look at the plan',
        note: 'Put the statement, with real values, into `slow.sql` first. `explain` alone does not run it.',
        run: sh`psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -c "explain (verbose, settings) $(cat slow.sql)"`,
        expected: 'Index scans; estimated rows near the real ones.',
        ifNot:
          'A sequential scan of a large table with a filter: an index is missing, [[runbook:database-operations#Performance tuning]]. Estimates far off: go to [[step:Refresh the statistics]].',
        minutes: 2,
      },
      {
        language: 'sql',
        title: 'Refresh the statistics',
        note: 'Safe at any time; it reads a sample of each table.',
        run: 'analyze;',
        expected: '`ANALYZE` after seconds to minutes, and the old plan back.',
        ifNot: 'The plan stays: the query or the index is the cause.',
        minutes: 3,
      },
      {
        language: 'sql',
        title: 'Cancel what blocks the others',
        note: 'Read the query first: a migration may have to be waited for.',
        run: `
select pid, usename, application_name, now() - xact_start as open_for, left(query, 120) as query,
       pg_cancel_backend(pid) as cancelled
from pg_stat_activity
where pid in (select unnest(pg_blocking_pids(pid)) from pg_stat_activity where cardinality(pg_blocking_pids(pid)) > 0)
  and xact_start < now() - interval '1 minute';`.trim(),
        destructive: 'The statements that are cancelled are rolled back.',
        expected: 'The blocked queries go on within a second.',
        ifNot:
          '`cancelled` is true and it still blocks: the session sits idle in a transaction. End it: [[runbook:database-operations#Recovery: long transactions]].',
        minutes: 1,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See queries get fast',
        run: queryQuantile(quantile),
        expected: `Below ${threshold} for every kind of statement.`,
        ifNot: 'Still above: the next cause in the table.',
        minutes: 5,
      },
      {
        language: 'promql',
        title: 'See locks go',
        run: locksByMode,
        expected: 'No `accessexclusivelock` for longer than a moment.',
        ifNot: 'It stays: a migration holds it. Find it in `pg_stat_activity`.',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'See connections come free',
        run: connectionsByState,
        expected: 'Few `active`, the rest `idle`.',
        ifNot: 'Still many `active`: the queue drains; look again in a minute.',
        minutes: 1,
      },
      seeAlertGone('DatabaseQueriesSlow'),
    ],
    escalate: [
      'The statement belongs to another team, or the plan changed without a reason you can see: to whoever owns the schema.',
      'The disk of a managed database is at its limit: to whoever may buy a larger one.',
    ],
    falsePositives: [
      'Reports and exports on the same pool as requests: give them a pool of their own, with its own name.',
      'A service that queries a few times an hour: one slow query is a percentile.',
    ],
    silenceBy: ['service', 'environment'],
    tuning: {
      knobs: true,
      advice: [
        '`threshold` is in seconds and must be a bucket bound of the query histogram.',
        '`minQueryRate` is in queries a second and pool: below it the rule stays silent.',
      ],
    },
    afterwards: [
      'The statement, its plan before and after, and the fix go into the ticket.',
      'Set `statement_timeout` for the role of the service, a little above the longest query that is meant.',
    ],
    runbooks: ['database-operations', 'troubleshooting', 'rollback'],
  };
}
