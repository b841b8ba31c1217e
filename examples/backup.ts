/**
 * Backs the classroom up, tests that the backup can be restored, and tells Prometheus: to be run by cron.
 *
 * `DATABASE_URL=... TEXTFILE_FOLDER=... BACKUP_FOLDER=... node build/examples/backup.js [--fail]`
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { backupRecorder } from 'telltale';
import { type Dump, dumpTables } from './backup/dump.ts';
import { testRestore } from './backup/restore-test.ts';

const { values } = parseArgs({ options: { fail: { type: 'boolean', default: false } } });
const folder = process.env['BACKUP_FOLDER'] ?? 'backups';
const recorder = backupRecorder({
  name: 'database',
  service: 'api',
  textfile: process.env['TEXTFILE_FOLDER'] ?? folder,
});
const client = new Client({ connectionString: process.env['DATABASE_URL'] });

async function backUp(): Promise<Dump> {
  await mkdir(folder, { recursive: true });
  await client.connect();
  const dump = await dumpTables(
    client,
    join(folder, `classroom-${new Date().toISOString().replaceAll(':', '')}.jsonl.gz`),
  );
  // For rehearsals of the alert: after the work, as a full disk would be noticed.
  if (values.fail) throw new Error('The backup was told to fail');
  return dump;
}

try {
  const dump = await recorder.run(backUp);
  await testRestore(client, dump);
  await recorder.restoreTested();
  const { file, sizeBytes } = dump;
  process.stdout.write(`${JSON.stringify({ file, sizeBytes, rows: Object.fromEntries(dump.rows) })}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await client.end();
}
