/** Keeping the database alive, and getting it back. */
import type { Model } from '../../model/model.ts';
import { percent } from '../../objectives/in-words.ts';
import { seeLastDrill } from '../drills.ts';
import {
  backupAge,
  bufferHitShare,
  connectionsByState,
  deadlocks,
  longestTransaction,
  postgresUp,
  queryErrors,
  queryQuantile,
  replicationLag,
  restoreTestAge,
  serverConnectionShare,
} from '../queries/datastores.ts';
import { errorRatio } from '../queries/requests.ts';
import type { QueryStep, Runbook } from '../runbook.ts';
import { backupAndRestore } from './database-backup.ts';
import { credentialsRotation } from './database-credentials.ts';
import { migrationExecution } from './database-migration.ts';
import { connectionExhaustion, diskFull, longTransactions } from './database-recovery.ts';
import { failover, replicationLagRecovery } from './database-replication.ts';
import { performanceTuning } from './database-tuning.ts';

export function databaseOperations(model: Model): Runbook {
  const { DatabaseConnectionsHigh, DatabaseQueriesSlow, BackupStale } = model.knobs;
  const verification: readonly QueryStep[] = [
    {
      language: 'promql',
      title: 'Verify that requests succeed',
      run: errorRatio,
      expected: 'The usual value of every service that uses the database.',
      ifNot: 'Above: [[alert:HighErrorRate]].',
      minutes: 0.5,
    },
    {
      language: 'promql',
      title: 'Verify that it can be reached',
      run: postgresUp,
      expected: '1 for every owner of a database.',
      ifNot: '0: [[alert:DatabaseConnectionLost]].',
      minutes: 0.5,
    },
    {
      language: 'promql',
      title: 'Verify that there are connections left',
      run: serverConnectionShare,
      expected: `Below ${DatabaseConnectionsHigh.threshold}.`,
      ifNot: 'Above: [[section:Recovery: connection exhaustion]].',
      minutes: 0.5,
    },
    {
      language: 'promql',
      title: 'Verify that queries are fast',
      run: queryQuantile(DatabaseQueriesSlow.quantile),
      expected: `Below ${DatabaseQueriesSlow.threshold} s for every kind of statement.`,
      ifNot: 'Above: [[section:Performance tuning]].',
      minutes: 0.5,
    },
    {
      language: 'promql',
      title: 'Verify that queries succeed',
      run: queryErrors,
      expected:
        'Near 0; class 23 (a constraint) is the application, 40 a conflict that is repeated, 53 and 57 the server.',
      ifNot: '53 or 57: [[section:Recovery: connection exhaustion]] or a restart under way.',
      minutes: 0.5,
    },
    {
      language: 'promql',
      title: 'Verify that no transaction is old',
      run: longestTransaction,
      expected: 'Seconds.',
      ifNot: 'Minutes: [[section:Recovery: long transactions]].',
      minutes: 0.5,
    },
    {
      language: 'promql',
      title: 'Verify the states of connections',
      run: connectionsByState,
      expected: 'Mostly `idle`, some `active`.',
      ifNot: '`idle in transaction` that stays: [[section:Recovery: long transactions]].',
      minutes: 0.5,
    },
    {
      language: 'promql',
      title: 'Verify that there are no deadlocks',
      run: deadlocks,
      expected: '0 in the last hour.',
      ifNot: 'Some: the log of the server has both statements. Let both take their locks in the same order.',
      minutes: 0.5,
    },
    {
      language: 'promql',
      title: 'Verify the cache of the server',
      run: bufferHitShare,
      expected: 'Above 0.99, or its usual value.',
      ifNot: 'Fallen: [[section:Performance tuning]].',
      minutes: 0.5,
    },
    {
      language: 'promql',
      title: 'Verify that replicas follow',
      run: replicationLag,
      expected: 'Below 10 seconds; 0 on a primary.',
      ifNot: 'Above and growing: [[section:Recovery: replication lag]].',
      minutes: 0.5,
    },
    {
      language: 'promql',
      title: 'Verify that the backup is fresh',
      run: backupAge,
      expected: `Below ${BackupStale.maxAgeHours * 3_600} seconds (${BackupStale.maxAgeHours} h).`,
      ifNot: 'Older: [[alert:BackupStale]].',
      minutes: 0.5,
    },
    {
      language: 'promql',
      title: 'Verify that a restore was tested',
      run: restoreTestAge,
      expected: 'Below 7776000 seconds (90 days).',
      ifNot: 'Older or nothing: do [[section:Backup and restore drill]].',
      minutes: 0.5,
    },
  ];
  return {
    id: 'database-operations',
    title: 'Database operations',
    purpose: 'Back up, restore, migrate, rescue and tune PostgreSQL (15 or newer) without losing data.',
    useWhen: [
      'A database alert fires: [[alert:DatabaseConnectionLost]], [[alert:DatabaseConnectionsHigh]], [[alert:DatabaseQueriesSlow]], [[alert:BackupStale]].',
      'A migration is due, or credentials are to be rotated.',
      'The restore drill is due.',
    ],
    notWhen: [
      'The service is slow and the database is not: [[runbook:troubleshooting]].',
      'A release is to be undone: [[runbook:rollback]] first; it says when to come here.',
    ],
    access: [
      '`psql`, `pg_dump` and `pg_restore` of the version of the server or newer.',
      '`DATABASE_URL`: a role that owns the database. For ending sessions of others: `pg_signal_backend`. For reading all statistics: `pg_monitor`.',
      'For failover and settings of the server: a superuser, or the console of your provider.',
      'A second person for everything that is marked as losing data.',
      `Objective: fewer than ${model.lines.databaseConnections} connections in ordinary use; the alert is at ${percent(DatabaseConnectionsHigh.threshold)} of what the server accepts.`,
    ],
    roles: [
      { role: 'Operator', does: 'Types the commands, says each one aloud before running it.' },
      {
        role: 'Second person',
        does: 'Reads along, checks host, database and `where` clause, and says "go". Needed wherever data is lost.',
      },
      {
        role: 'Owner of the data',
        does: 'Decides what may be lost, if something must be. Is called before, not after.',
      },
    ],
    procedures: [
      backupAndRestore(model),
      migrationExecution(),
      connectionExhaustion(),
      longTransactions(),
      diskFull(),
      failover(),
      replicationLagRecovery(),
      performanceTuning(),
      credentialsRotation(model),
    ],
    verification,
    undo: [
      {
        language: 'none',
        title: 'Know what can be undone',
        note: 'A migration: by its own way down, or forward, see [[runbook:rollback#Decide]]. An index: `drop index concurrently`. A setting: `alter system reset` and a reload. An ended session: not at all, its client repeats the work. A failover: only by another one.',
        expected: 'You know the way back before you type.',
        ifNot: 'There is none: take a backup first, and a second person.',
        minutes: 1,
      },
    ],
    messages: [
      {
        title: 'Maintenance announced',
        when: 'Two days before, to the owners of all services that use the database.',
        body: 'On {date} from {time} to {time} ({time zone}): {what} on the database of {service}. Expected effect: {none, slower, or read-only for n minutes}. Way back: {how}. Who: {name}, second person {name}. Objections until {date}.',
      },
      {
        title: 'Maintenance begins and ends',
        when: 'At both moments.',
        body: '{Starting, or Done with} {what} on the database of {service} at {time}. {Verification is green, or: what is open.}',
      },
      {
        title: 'Data at risk',
        when: 'At once, to the owner of the data.',
        body: 'The database of {service} {what happened} at {time}. Last good backup: {time}; replica: {lag}. At risk: what was written since {time}. I plan to {what}. Please call {number}: it needs your decision.',
      },
    ],
    dashboards: ['telltale-database', 'telltale-infrastructure'],
    drill: {
      everyDays: 90,
      how: 'The restore drill of this page, with its time measured; the recorder notes it as the time of the last restore test. Record it also with `git commit --allow-empty -m "drill: database-operations, restored in 18 min, by A. Person"`.',
      last: seeLastDrill('database-operations', 90),
    },
  };
}
