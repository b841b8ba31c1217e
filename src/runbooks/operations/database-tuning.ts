/** Making queries fast: find the one, see its plan, give it what it lacks. */
import { bufferHitShare, queryQuantile, slowQueries } from '../queries/datastores.ts';
import type { Procedure } from '../runbook.ts';
import { sh } from '../shell.ts';

export function performanceTuning(): Procedure {
  return {
    title: 'Performance tuning',
    before: [
      {
        kind: 'text',
        text: 'One change at a time, each with a measurement before and after. Start from the statement that takes the most time in total, not from the slowest one.',
      },
    ],
    steps: [
      {
        language: 'promql',
        title: 'Measure before',
        run: queryQuantile(0.95),
        expected: 'The numbers to compare with; note them.',
        ifNot: 'Nothing: the service does not use `instrumentPool()`. Measure with `pg_stat_statements`.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'Count slow queries a second',
        run: slowQueries,
        expected: 'Near 0.',
        ifNot: 'Some: their kind is in the label `operation`.',
        minutes: 0.5,
      },
      {
        language: 'promql',
        title: 'See whether the data fits the memory',
        run: bufferHitShare,
        expected: 'Above 0.99.',
        ifNot:
          'Below: a missing index that reads whole tables, or too small `shared_buffers` (a quarter of the memory of the server).',
        minutes: 0.5,
      },
      {
        language: 'sql',
        title: 'Prepare the statistics of statements',
        note: 'Once. The library must be in `shared_preload_libraries`, which needs a restart.',
        run: 'create extension if not exists pg_stat_statements;',
        expected: 'CREATE EXTENSION, or that it exists already.',
        ifNot: '"could not open extension control file": install the contrib package of the server.',
        minutes: 1,
      },
      {
        language: 'sql',
        title: 'Find the statements that take the time',
        run: `
select round((100 * total_exec_time / sum(total_exec_time) over ())::numeric, 1) as percent_of_time,
       calls, round(mean_exec_time::numeric, 2) as mean_ms, round(stddev_exec_time::numeric, 2) as stddev_ms,
       shared_blks_hit, shared_blks_read, left(query, 120) as query
from pg_stat_statements
order by total_exec_time desc
limit 10;`.trim(),
        expected: 'A list; the first lines are where an hour of work pays.',
        ifNot: 'Empty: statistics were reset, wait for an hour of traffic.',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'See what a statement really does',
        note: 'Put it, with real values, into `slow.sql`. It is executed: inside a transaction that is rolled back, so that a write leaves nothing behind.',
        run: sh`psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -c 'begin' -c "set local statement_timeout = '60s'" -c "explain (analyze, buffers, settings) $(cat slow.sql)" -c 'rollback'`,
        expected: 'The node with most of the time. "rows" near the estimate.',
        ifNot:
          '"Seq Scan" with "Rows Removed by Filter" in the millions: an index. Estimate far off: `analyze`, or extended statistics. "external merge": more `work_mem` for that query.',
        minutes: 3,
      },
      {
        language: 'sql',
        title: 'Find tables that are read as a whole',
        run: `
select relid::regclass as table, seq_scan, seq_tup_read / greatest(seq_scan, 1) as rows_per_scan,
       idx_scan, n_live_tup, pg_size_pretty(pg_relation_size(relid)) as size
from pg_stat_user_tables
where seq_scan > 0 and n_live_tup > 10000
order by seq_tup_read desc
limit 10;`.trim(),
        expected: 'Small tables, or few scans.',
        ifNot: 'A large table with many scans: which statement of the list above reads it without an index?',
        minutes: 1,
      },
      {
        language: 'sh',
        title: 'Add an index without stopping anybody',
        note: 'Concurrently: it takes longer, and locks nothing out. Put the statement into a migration afterwards.',
        run: sh`psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -c "create index concurrently if not exists \${INDEX:?set it first: its name} on \${TABLE:?set it first} (\${COLUMNS:?set it first, most selective first})"`,
        expected: 'CREATE INDEX, and the plan uses it.',
        ifNot: 'It failed: it leaves an invalid index. `drop index concurrently` it, then repeat.',
        minutes: 15,
      },
      {
        language: 'sql',
        title: 'Find indexes that nobody uses',
        note: 'On the primary and on every replica, and only if statistics are older than a month. Unique ones are left out: they enforce something.',
        run: `
select s.indexrelid::regclass as index, s.relid::regclass as table, s.idx_scan,
       pg_size_pretty(pg_relation_size(s.indexrelid)) as size
from pg_stat_user_indexes s
join pg_index i on i.indexrelid = s.indexrelid
where s.idx_scan = 0 and not i.indisunique
order by pg_relation_size(s.indexrelid) desc
limit 10;`.trim(),
        expected: 'None, or small ones.',
        ifNot: 'Large ones: they cost on every write. Drop them concurrently, one at a time, a week apart.',
        minutes: 1,
      },
      {
        language: 'sql',
        title: 'See whether vacuum keeps up',
        run: `
select relid::regclass as table, n_dead_tup, n_live_tup,
       round(100.0 * n_dead_tup / greatest(n_live_tup + n_dead_tup, 1), 1) as percent_dead,
       last_autovacuum, last_autoanalyze
from pg_stat_user_tables
order by n_dead_tup desc
limit 10;`.trim(),
        expected: 'Below 20 percent dead, and a vacuum in the last days.',
        ifNot:
          'More: is an old transaction in the way? ([[section:Recovery: long transactions]]) If not, let it vacuum that table more often: `alter table ... set (autovacuum_vacuum_scale_factor = 0.02)`.',
        minutes: 1,
      },
      {
        language: 'sql',
        title: 'Vacuum now',
        note: 'Safe at any time, it locks nobody out; it costs disk reads. Never `vacuum full` while users are there: it locks the table.',
        run: 'vacuum (analyze);',
        expected: 'VACUUM, and fewer dead rows.',
        ifNot: 'Dead rows stay: something still sees them, see above.',
        minutes: 10,
      },
      {
        language: 'sh',
        title: 'Rebuild a bloated index',
        note: 'Where an index is far larger than its table suggests. Concurrently; it needs room for a second copy.',
        run: sh`psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -c "reindex index concurrently \${INDEX:?set it first: the index to rebuild}"`,
        expected: 'REINDEX, and a smaller index.',
        ifNot: 'It failed: an invalid copy with the suffix `_ccnew` is left. Drop it.',
        minutes: 15,
      },
    ],
  };
}
