import { hasSource } from '../../model/sources.ts';
import type { Model } from '../../model/model.ts';
import { humanDuration } from '../../objectives/in-words.ts';
import { seeAlertGone, seeWhatElseFires } from '../common-steps.ts';
import { connectionsByState, postgresUp, redisUp } from '../queries/datastores.ts';
import { errorRatio, failingChecks } from '../queries/requests.ts';
import type { AlertPage, Cause, QueryStep, ShellStep } from '../runbook.ts';
import { sh } from '../shell.ts';
import { stackLogs } from '../terminal/stack-commands.ts';

export function databaseConnectionLost(model: Model): AlertPage {
  const { for: holds } = model.knobs.DatabaseConnectionLost;
  const withRedis = hasSource(model, 'redis-exporter');
  return {
    alert: 'DatabaseConnectionLost',
    meaning: withRedis
      ? 'PostgreSQL or Redis cannot be reached; the label `datastore` says which.'
      : 'The database cannot be reached.',
    why: [
      'Three witnesses: the exporter beside the database, the readiness check of the service itself, and the absence of both. Any one is enough.',
      `${humanDuration(holds)} tells a database that is gone from one that was busy for a moment.`,
      'A database belongs to one service here; the alerts of the services that share it are muted, so that there is one page.',
    ],
    impact:
      'Everything that reads or writes there fails, in every service that uses it. What was being written may be lost.',
    judge: [
      'SEV1: there is no service without its database.',
      withRedis
        ? 'SEV2 if it is Redis and used as a cache only: users are served, slowly.'
        : 'SEV2 if only one of several services has lost it.',
    ],
    firstFiveMinutes: [
      {
        language: 'sh',
        title: 'Try to connect yourself',
        run: sh`psql "$DATABASE_URL" -c 'select now(), pg_is_in_recovery(), pg_postmaster_start_time()'`,
        expected:
          'An error: the database is down or cannot be reached. Its text is the first clue, see [[section:Likely causes]].',
        ifNot:
          'It answers: the database runs. A young start time: it restarted. `pg_is_in_recovery` is `t`: this is a replica, go to [[runbook:database-operations#Recovery: failover]].',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See what the exporter says',
        run: postgresUp,
        expected: '0: it cannot reach the database either.',
        ifNot:
          '1: the database is up, only the service has lost it. Go to [[step:See which checks of the service fail]]. Nothing: the exporter itself is gone.',
        minutes: 0.5,
      },
      ...(withRedis ? [seeRedis] : []),
      {
        language: 'promql',
        title: 'See which checks of the service fail',
        run: failingChecks,
        expected: 'The check of the datastore that is gone.',
        ifNot: 'None fails: the service can connect again. Go to [[section:Confirm that it is over]].',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'See whether the database server runs',
        run: sh`
          docker compose ps --all postgres || systemctl status --no-pager postgresql
          df -h /
        `,
        note: 'On the host of the database. With a managed database: its console and status page.',
        expected: 'Exited, restarting, or the disk at 100 %.',
        ifNot: 'It runs and there is room: network, credentials or connections. Go to [[section:Likely causes]].',
        minutes: 1,
      },
      seeWhatElseFires,
    ],
    isItReal: [
      ...exporterLog(model),
      {
        language: 'sh',
        title: 'Read what the service says',
        run: sh`service_logs 15m | grep -iE 'ECONNREFUSED|ETIMEDOUT|too many (clients|connections)|password|terminating|read-only' | tail -n 20`,
        expected: 'The reason, in the words of the driver.',
        ifNot: 'Nothing: the service can reach it. Only the monitoring cannot.',
        minutes: 0.5,
      },
    ],
    causes: [
      ...postgresCauses,
      ...(withRedis
        ? [
            {
              symptom: '`datastore="redis"`',
              cause: 'Redis is down, or out of memory with no eviction',
              check: '`redis-cli -u "$REDIS_URL" info memory`',
            },
          ]
        : []),
    ],
    mitigation: [
      {
        language: 'sh',
        title: 'Start the database server',
        note: 'If it does not run and its disk has room. It replays its log first: do not interrupt that.',
        run: sh`docker compose start postgres || sudo systemctl start postgresql`,
        expected: '"database system is ready to accept connections" in its log, after seconds to minutes.',
        ifNot:
          'It exits again: read its log. `PANIC` or `could not locate a valid checkpoint`: stop, touch nothing, escalate. Disk full: [[runbook:database-operations#Recovery: disk full]].',
        minutes: 3,
      },
      {
        language: 'sql',
        title: 'Free connections',
        note: 'If it says "too many clients". A superuser has reserved connections: connect as one. What waits in an open transaction for more than ten minutes is ended here.',
        run: `
select pid, usename, application_name, state, now() - xact_start as open_for,
       pg_terminate_backend(pid) as ended
from pg_stat_activity
where state like 'idle in transaction%'
  and xact_start < now() - interval '10 minutes'
  and pid <> pg_backend_pid();`.trim(),
        destructive: 'The open transactions of those sessions are rolled back: what they had not committed is lost.',
        expected: 'A row for each session that was ended, and the service connects again within seconds.',
        ifNot: 'No rows: go to [[runbook:database-operations#Recovery: connection exhaustion]].',
        minutes: 1,
      },
      {
        language: 'none',
        title: 'Fail over to the replica',
        note: 'If the primary is lost for good. It is not a thing to do alone: [[runbook:database-operations#Recovery: failover]].',
        destructive:
          'What the replica had not received yet is lost, and the old primary must never come back as it was.',
        expected: 'The service writes to the new primary.',
        ifNot:
          'There is no replica, or it lags for hours: restore from backup, [[runbook:database-operations#Backup and restore drill]].',
        minutes: 15,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the exporter connect',
        run: postgresUp,
        expected: '1 for the owner of the database.',
        ifNot: '0: the exporter has credentials of its own. Check those.',
        minutes: 1,
      },
      {
        language: 'promql',
        title: 'See connections come back',
        run: connectionsByState,
        expected: 'The usual number, most of them `idle`.',
        ifNot: 'Few: pools do not reconnect. Restart the services that use it, one at a time.',
        minutes: 2,
      },
      {
        language: 'promql',
        title: 'See failures end',
        run: errorRatio,
        expected: 'Back to its usual value within five minutes.',
        ifNot: 'Still high: [[alert:HighErrorRate]] has its own page.',
        minutes: 5,
      },
      seeAlertGone('DatabaseConnectionLost'),
    ],
    escalate: [
      'At once: to whoever operates the database. Two people decide about failover and restore, never one.',
      'Any `PANIC`, corruption, or doubt about which node is the primary: stop and escalate before the next command.',
    ],
    falsePositives: [
      'The exporter has lost its password after a rotation, while the service works: [[runbook:database-operations#Credentials rotation]].',
      'Planned maintenance of the database: silence it for the owner and for the services that share it.',
    ],
    silenceBy: ['service', 'environment'],
    tuning: {
      knobs: true,
      advice: [
        '`for` is the only constant. A failover that takes longer than it pages: that is meant, until failovers are boring.',
        'The check of the service must be named `database` to count here.',
      ],
    },
    afterwards: [
      'Compare the last rows written before the fault with what users say they did.',
      'A post-mortem in every case: [[runbook:incident-response#Post-mortem]].',
    ],
    runbooks: ['database-operations', 'incident-response'],
  };
}

const seeRedis: QueryStep = {
  language: 'promql',
  title: 'See what the exporter of Redis says',
  run: redisUp,
  expected: 'If the alert says `redis`: 0.',
  ifNot: '1: it is not Redis, or it is back.',
  minutes: 0.5,
};

const postgresCauses: readonly Cause[] = [
  {
    symptom: '`connection refused`',
    cause: 'The server does not run, or listens elsewhere',
    check: '[[step:See whether the database server runs]]',
  },
  {
    symptom: '`timeout expired`, `no route to host`',
    cause: 'Network, firewall, DNS',
    check: '`pg_isready -d "$DATABASE_URL"` from the host of the service',
  },
  {
    symptom: '`password authentication failed`',
    cause: 'Credentials were rotated, or a secret is missing',
    check: '[[runbook:database-operations#Credentials rotation]]',
  },
  {
    symptom: '`too many clients already`',
    cause: 'Connections exhausted',
    check: '[[runbook:database-operations#Recovery: connection exhaustion]]',
  },
  {
    symptom: '`no space left on device`, the server exits',
    cause: 'Disk full',
    check: '[[runbook:database-operations#Recovery: disk full]]',
  },
  {
    symptom: '`cannot execute ... in a read-only transaction`',
    cause: 'Connected to a replica after a failover',
    check: '[[runbook:database-operations#Recovery: failover]]',
  },
  {
    symptom: '`the database system is starting up`',
    cause: 'It replays its log after a crash',
    check: 'Wait; its log says how far it is',
  },
];

/** Where the stack runs the exporter. */
function exporterLog(model: Model): readonly ShellStep[] {
  const databases = model.services.flatMap(({ database }) => (database?.kind === 'own' ? [database] : []));
  const bundled = databases.find(({ address }) => address !== undefined);
  if (bundled === undefined) return [];
  return [
    {
      language: 'sh',
      title: 'Read what the exporter says',
      run: sh`${stackLogs(bundled.exporter.replace(/:\d+$/, ''))} | tail -n 20`,
      expected: 'The error of each attempt, with its reason.',
      ifNot: 'Only that the exporter starts again and again: it is the exporter, [[alert:TargetDown]].',
      minutes: 0.5,
    },
  ];
}
