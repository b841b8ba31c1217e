/** Creates a schema and what is in it, by one instance at a time. */
import type { Pool } from 'pg';

export interface SchemaOptions {
  readonly schema: string;
  /** Each must be safe to run again. */
  readonly statements: readonly string[];
}

/** Any number: the same one in every service. */
const lock = 20_261_120;

export async function createSchema(pool: Pool, { schema, statements }: SchemaOptions): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.query('begin');
    await connection.query('select pg_advisory_xact_lock($1)', [lock]);
    await connection.query(`create schema if not exists ${schema}`);
    for (const statement of statements) await connection.query(statement);
    await connection.query('commit');
  } catch (error) {
    await connection.query('rollback').catch(() => {});
    throw error;
  } finally {
    connection.release();
  }
  await allowStatementStatistics(pool);
}

/** For the panel of top queries: wants rights and a preloaded library, and the service works as well without. */
async function allowStatementStatistics(pool: Pool): Promise<void> {
  await pool.query('create extension if not exists pg_stat_statements schema public').catch(() => {});
}
