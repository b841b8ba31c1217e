import type { Model } from '../../model/model.ts';
import { humanDuration, percent } from '../../objectives/in-words.ts';
import { seeAlertGone, seeRecentStarts, seeWhatElseFires } from '../common-steps.ts';
import {
  connectionsByState,
  idleInTransaction,
  longestTransaction,
  poolShare,
  poolWaiting,
  serverConnectionShare,
} from '../queries/datastores.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';

export function databaseConnectionsHigh(model: Model): AlertPage {
  const { threshold, for: holds } = model.knobs.DatabaseConnectionsHigh;
  const share = percent(threshold);
  return {
    alert: 'DatabaseConnectionsHigh',
    meaning: `More than ${share} of the connections of a pool, or of the database server, are in use.`,
    why: [
      `At ${share} there is still room to act; at 100 % requests wait, and then fail.`,
      `It must hold for ${humanDuration(holds)}: a peak that is over by itself is what a pool is for.`,
      'The server keeps some connections for superusers; the share is of what is left for applications.',
    ],
    impact: 'None yet. When the last connection is taken, requests wait for one and then time out.',
    judge: [
      'SEV2 if requests wait already: [[step:See whether requests wait]].',
      'SEV3 if the share is high and flat; act today.',
      'The server is worse than a pool: every service that shares it stops at once.',
    ],
    firstFiveMinutes: [
      {
        language: 'promql',
        title: 'See which pool is full',
        run: poolShare,
        expected: `A pool over ${threshold}.`,
        ifNot: 'All pools are below: it is the server. Go to [[step:See how full the server is]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether requests wait',
        run: poolWaiting,
        expected: '0: nobody waits yet.',
        ifNot: 'Above 0: users notice. Skip to [[section:Mitigation]] and come back for the cause.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See how full the server is',
        run: serverConnectionShare,
        expected: `Below ${threshold}: only the pool is small or held.`,
        ifNot: 'Above: somebody opens too many. Go to [[step:See who holds connections]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See what the connections do',
        run: connectionsByState,
        expected:
          'Mostly `active`: real work; the queries are slow or many. Mostly `idle`: pools are larger than needed.',
        ifNot:
          'Many `idle in transaction`: code that begins a transaction and waits for something else. Go to [[step:End transactions that do nothing]].',
        minutes: 0.5,
      },
      {
        language: 'sql',
        title: 'See who holds connections',
        run: `
select usename, application_name, client_addr, state, count(*) as connections,
       max(now() - state_change) as longest_in_this_state
from pg_stat_activity
where backend_type = 'client backend'
group by usename, application_name, client_addr, state
order by connections desc
limit 20;`.trim(),
        expected: 'One line a pool; the number of each is at most its maximum times its instances.',
        ifNot: 'An application you do not know, or one with hundreds: that is the cause. Tell its owner.',
        minutes: 1,
      },
      seeWhatElseFires,
    ],
    isItReal: [
      {
        language: 'promql',
        title: 'See the oldest transaction',
        run: longestTransaction,
        expected: 'Seconds.',
        ifNot:
          'Minutes or hours: it holds a connection, and locks with it. [[runbook:database-operations#Recovery: long transactions]]',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'Read what the service says',
        run: sh`service_logs 15m | grep -iE 'timeout exceeded when trying to connect|too many (clients|connections)|pool' | tail -n 20`,
        expected: 'Nothing yet.',
        ifNot: 'Timeouts of the pool: users notice already.',
        minutes: 0.5,
      },
    ],
    causes: [
      {
        symptom: 'Mostly `active`',
        cause: 'Slow queries hold connections longer',
        check: '[[alert:DatabaseQueriesSlow]]',
      },
      {
        symptom: 'Many `idle in transaction`',
        cause: 'Code that awaits something else inside a transaction',
        check: '[[step:See the oldest transaction]]',
      },
      {
        symptom: 'Grows and never falls',
        cause: 'A leak: a client is taken and not released',
        check: 'Since which version? [[step:See whether it was just deployed or restarted]]',
      },
      {
        symptom: 'Jumped when instances were added',
        cause: 'Instances times pool size exceeds the server',
        check: '[[step:See who holds connections]]',
      },
      {
        symptom: 'Only at deployments',
        cause: 'Old and new instances side by side',
        check: 'Leave room for both in the sizes',
      },
    ],
    mitigation: [
      {
        ...seeRecentStarts,
        ifNot:
          'It grew since the new version: roll it back, [[runbook:rollback]]. The number of instances grew: take some away.',
      },
      {
        language: 'sh',
        title: 'Take instances away',
        note: 'If the server is full and instances were added lately. Fewer instances open fewer connections.',
        run: sh`service_scale 2`,
        expected: 'The share of the server falls at once.',
        ifNot: 'It does not: another application holds them.',
        minutes: 2,
      },
      {
        language: 'sql',
        title: 'Cancel the longest query',
        note: 'The session survives, and its client gets an error. Read the query first: it may be a migration that must not be stopped.',
        run: `
with longest as (
  select pid, usename, now() - query_start as running_for, left(query, 200) as query
  from pg_stat_activity
  where state = 'active' and backend_type = 'client backend' and pid <> pg_backend_pid()
    and query_start < now() - interval '5 minutes'
  order by query_start
  limit 1
)
select longest.*, pg_cancel_backend(pid) as cancelled from longest;`.trim(),
        destructive: 'The work of that one query is rolled back.',
        expected: 'One row with the query, and a free connection.',
        ifNot: 'No row: nothing has been running for five minutes. The connections are held by many short ones: load.',
        minutes: 1,
      },
      {
        language: 'sql',
        title: 'End transactions that do nothing',
        run: `
select pid, usename, application_name, now() - xact_start as open_for, left(query, 100) as last_query,
       pg_terminate_backend(pid) as ended
from pg_stat_activity
where state like 'idle in transaction%'
  and xact_start < now() - interval '5 minutes'
  and pid <> pg_backend_pid();`.trim(),
        destructive: 'The open transactions of those sessions are rolled back: what they had not committed is lost.',
        expected: 'A row for each session that was ended; the share falls at once.',
        ifNot:
          'They come back within minutes: the code does it. Roll it back, or set `idle_in_transaction_session_timeout`.',
        minutes: 1,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See transactions that do nothing disappear',
        run: idleInTransaction,
        expected: 'Near 0.',
        ifNot: 'It grows again: find the code. `last_query` of the step above names the place.',
        minutes: 2,
      },
      {
        language: 'promql',
        title: 'See the share fall',
        run: poolShare,
        expected: `Below ${threshold} for every pool.`,
        ifNot:
          'Still above with real work in it: raise the maximum of the pool, if the server has room for that times the instances.',
        minutes: 5,
      },
      seeAlertGone('DatabaseConnectionsHigh'),
    ],
    escalate: [
      'Requests wait and nothing you may end is to be found: to whoever operates the database.',
      'Before `max_connections` is raised: it needs a restart, and memory for each connection. Two people decide.',
    ],
    falsePositives: [
      'A pool of one or two connections is "full" whenever it works: leave such pools out, or make them larger.',
    ],
    silenceBy: ['service', 'environment'],
    tuning: {
      knobs: true,
      advice: [
        '`threshold` is a share (0-1) of the pool, and of the server.',
        `A rule of thumb for sizes: instances times pool maximum, over all services of a server, stays below ${share} of its connections. Past that a pooler such as PgBouncer is the answer, not a larger number.`,
      ],
    },
    afterwards: [
      'Write the sizes down: instances, pool maximum and `max_connections`, and who may change each.',
      'Set `idle_in_transaction_session_timeout` if transactions that do nothing were the cause.',
    ],
    runbooks: ['database-operations', 'troubleshooting'],
  };
}
