/** Writes all rows of all tables to a compressed file of JSON lines, as they were at one moment. */
import { createWriteStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { backedUpTables, type RowCounts } from './tables.ts';

export interface Dump {
  readonly file: string;
  readonly sizeBytes: number;
  readonly rows: RowCounts;
}

const batchSize = 1_000;

export async function dumpTables(client: Client, file: string): Promise<Dump> {
  const rows = new Map<string, number>();
  const unfinished = `${file}.unfinished`;
  await client.query('begin transaction isolation level repeatable read read only');
  try {
    await pipeline(Readable.from(linesOf(client, rows)), createGzip(), createWriteStream(unfinished));
  } finally {
    await client.query('rollback');
  }
  await rename(unfinished, file);
  return { file, rows, sizeBytes: (await stat(file)).size };
}

async function* linesOf(client: Client, counts: Map<string, number>): AsyncGenerator<string> {
  for (const table of backedUpTables) {
    counts.set(table, 0);
    await client.query(`declare backup cursor for select to_json(each) as row from ${table} each`);
    for (;;) {
      const { rows } = await client.query<{ readonly row: object }>(`fetch ${batchSize} from backup`);
      if (rows.length === 0) break;
      counts.set(table, (counts.get(table) ?? 0) + rows.length);
      yield rows.map(({ row }) => `${JSON.stringify({ table, row })}\n`).join('');
    }
    await client.query('close backup');
  }
}
