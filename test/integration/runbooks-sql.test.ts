import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../servers/postgres.ts';
import { toModel } from '../../src/config/to-model.ts';
import { stepsByPage } from '../../src/lint/runbook-queries.ts';
import type { SqlStep } from '../../src/runbooks/runbook.ts';
import { joinPack } from '../../src/stack/join-pack.ts';

interface NamedSql {
  readonly name: string;
  readonly sql: string;
}

const steps: readonly NamedSql[] = stepsByPage(joinPack(toModel({}))).flatMap(({ page, steps: all }) =>
  all
    .filter((step): step is SqlStep => step.language === 'sql')
    .map(({ title, run }) => ({ name: `${page}: ${title}`, sql: run })),
);

/** Without waiting for minutes. */
function atOnce(sql: string): string {
  return sql.replaceAll(/interval '[^']+'/g, "interval '0 seconds'");
}

describe('SQL of the runbooks', () => {
  let server: PostgresServer;
  let database: string;

  // Always one of our own: some of these end the sessions of others.
  beforeAll(async () => {
    server = await startPostgres({ databaseUrl: '' });
    const admin = new Client({ connectionString: server.url });
    await admin.connect();
    await admin.query('create database runbooks');
    await admin.end();
    const url = new URL(server.url);
    url.pathname = '/runbooks';
    database = url.href;
    await query('create extension pg_stat_statements');
    await query('create table courses (id int primary key, title text); insert into courses values (1, $$one$$)');
  });

  afterAll(async () => {
    await server?.stop();
  });

  async function query(sql: string): Promise<readonly Record<string, unknown>[]> {
    const client = new Client({ connectionString: database });
    await client.connect();
    try {
      const result = await client.query<Record<string, unknown>>(sql);
      return result.rows ?? [];
    } finally {
      await client.end();
    }
  }

  it('is there', () => {
    expect(steps.length).toBeGreaterThan(20);
  });

  it.each(steps)('$name', async ({ sql }) => {
    await expect(query(sql)).resolves.toBeInstanceOf(Array);
  });

  const named = (title: string): string => steps.find(({ name }) => name.endsWith(`: ${title}`))?.sql ?? '';

  it.each(['Free connections', 'End transactions that do nothing', 'End idle sessions of applications'])(
    '"%s" ends an idle session and no other',
    async (title) => {
      await query(
        "do $$ begin if not exists (select from pg_roles where rolname = 'app') then create role app login password 'app'; end if; end $$",
      );
      const url = new URL(database);
      url.username = 'app';
      url.password = 'app';
      const idle = new Client({ connectionString: url.href });
      idle.on('error', () => {});
      const ended = new Promise((resolve) => idle.once('end', resolve));
      await idle.connect();
      if (title !== 'End idle sessions of applications') await idle.query('begin');
      const rows = await query(atOnce(named(title)));
      expect(rows.map(({ usename, ended: done }) => [usename, done])).toEqual([['app', true]]);
      await ended;
    },
  );

  it('"Cancel what blocks the others" and "See who waits for whom" find the blocking session', async () => {
    const holder = new Client({ connectionString: database });
    const waiter = new Client({ connectionString: database });
    await Promise.all([holder.connect(), waiter.connect()]);
    await holder.query("begin; update courses set title = 'held'");
    const waiting = waiter.query("set statement_timeout = '20s'; update courses set title = 'waits'");
    await expect.poll(async () => (await query(named('See who waits for whom'))).length).toBe(1);
    const cancelled = await query(atOnce(named('Cancel what blocks the others')));
    expect(cancelled).toHaveLength(1);
    await holder.query('rollback');
    await waiting;
    await Promise.all([holder.end(), waiter.end()]);
  });
});
