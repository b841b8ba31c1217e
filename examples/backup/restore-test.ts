/** Restores a backup into a schema of its own, compares the number of rows, and removes the schema again. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Client } from 'pg';
import type { Dump } from './dump.ts';
import { backedUpTables, type BackedUpTable, type BackupLine } from './tables.ts';

const schema = 'restore_test';
const batchSize = 500;

/** @throws Error when the backup cannot be read, or has other rows than were written to it */
export async function testRestore(client: Client, { file, rows }: Dump): Promise<void> {
  await client.query(`drop schema if exists ${schema} cascade`);
  await client.query(`create schema ${schema}`);
  try {
    for (const table of backedUpTables) {
      await client.query(`create table ${restored(table)} (like ${table} including all)`);
    }
    await loadFile(client, file);
    for (const table of backedUpTables) await compareCounts(client, table, rows.get(table) ?? 0);
  } finally {
    await client.query(`drop schema ${schema} cascade`);
  }
}

async function loadFile(client: Client, file: string): Promise<void> {
  const lines = createInterface({ input: createReadStream(file).pipe(createGunzip()) });
  let batch: BackupLine[] = [];
  for await (const line of lines) {
    const next = JSON.parse(line) as BackupLine;
    if (batch.length >= batchSize || (batch[0] !== undefined && batch[0].table !== next.table)) {
      await insert(client, batch);
      batch = [];
    }
    batch.push(next);
  }
  await insert(client, batch);
}

async function insert(client: Client, batch: readonly BackupLine[]): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  const table = restored(first.table);
  await client.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [
    JSON.stringify(batch.map(({ row }) => row)),
  ]);
}

async function compareCounts(client: Client, table: BackedUpTable, expected: number): Promise<void> {
  const { rows } = await client.query<{ readonly count: number }>(`select count(*)::int from ${restored(table)}`);
  const count = rows[0]?.count ?? 0;
  if (count !== expected) throw new Error(`Cannot trust the backup: ${table} has ${count} rows instead of ${expected}`);
}

function restored(table: BackedUpTable): string {
  return `${schema}.${table.replace('.', '_')}`;
}
