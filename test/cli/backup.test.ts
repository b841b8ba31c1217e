import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseExposition } from '../support/exposition.ts';
import { type BuiltCli, buildCli, type Ended } from './built-cli.ts';

let cli: BuiltCli;
let folder: string;

beforeAll(async () => {
  cli = await buildCli();
}, 120_000);
afterAll(() => cli.remove());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-run-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const own = ['backup', '--name', 'database', '--service', 'api', '--textfile', 'textfile'] as const;
const backup = (...words: string[]): Promise<Ended> => cli.run([...own, ...words], folder);

const isTime = (name: string): boolean => name.endsWith('_seconds');

/** What was recorded; of times, only that they were. */
async function recorded(): Promise<Record<string, number | string>> {
  const samples = parseExposition(await readFile(join(folder, 'textfile/telltale_backup_api_database.prom'), 'utf8'));
  return Object.fromEntries(samples.map(({ name, value }) => [name, isTime(name) ? 'recorded' : value]));
}

const success = {
  backup_last_success_timestamp_seconds: 'recorded',
  backup_last_run_status: 1,
  backup_duration_seconds: 'recorded',
};
const failure = { backup_last_run_status: 0, backup_duration_seconds: 'recorded' };

describe('telltale backup', () => {
  it('runs a command with its own options and output, and records its success and size', async () => {
    const ended = await backup(
      '--size-of',
      'dump',
      '--',
      'sh',
      '-c',
      'echo "$0 $1"; echo 12345 > dump',
      '--help',
      '--name',
    );
    expect(ended).toEqual({ code: 0, out: '--help --name\n', err: '' });
    expect(await recorded()).toEqual({ ...success, backup_size_bytes: 6 });
  });

  it.each<[string, string[], string]>([
    ['a command that fails', ['--', 'sh', '-c', 'exit 7'], 'sh ended with 7'],
    ['a command that is killed', ['--', 'sh', '-c', 'kill -9 $$'], 'sh ended by SIGKILL'],
    ['a command that does not exist', ['--', 'no-such-command'], 'spawn no-such-command ENOENT'],
    ['a command that leaves no file', ['--size-of', 'dump', '--', 'true'], 'the command left no file FOLDER/dump'],
    [
      'a command that leaves an empty file',
      ['--size-of', 'dump', '--', 'touch', 'dump'],
      'the command left FOLDER/dump empty',
    ],
  ])('records the failure of %s, and ends with 1', async (_, words, why) => {
    const { code, err } = await backup(...words);
    expect({ code, err: err.replaceAll(folder, 'FOLDER') }).toEqual({ code: 1, err: `backup failed: ${why}\n` });
    expect(await recorded()).toEqual(failure);
  });

  it('told to end, tells the command, and records the failure', async () => {
    const running = cli.start([...own, '--', 'sh', '-c', 'touch begun; exec sleep 600'], folder);
    await vi.waitUntil(
      () =>
        access(join(folder, 'begun')).then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    );
    running.signal('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 1, signal: null, err: 'backup failed: sh ended by SIGTERM\n' });
    expect(await recorded()).toEqual(failure);
  });

  it('killed itself, leaves no success behind', async () => {
    expect(await backup('--', 'true')).toMatchObject({ code: 0 });
    const running = cli.start([...own, '--', 'sh', '-c', 'echo $$ > pid; exec sleep 600'], folder);
    const pid = await vi.waitUntil(() => readFile(join(folder, 'pid'), 'utf8').catch(() => ''), { timeout: 20_000 });
    running.signal('SIGKILL');
    // Somebody who is killed ends nobody else.
    process.kill(Number(pid), 'SIGKILL');
    expect(await running.ended).toMatchObject({ signal: 'SIGKILL' });
    const { backup_last_run_status: _, ...others } = success;
    expect(await recorded()).toEqual(others);
  });

  it('records that a restore was tested, and keeps the rest', async () => {
    await backup('--', 'true');
    expect(await backup('--restore-tested')).toEqual({ code: 0, out: '', err: '' });
    expect(await recorded()).toEqual({ ...success, backup_restore_test_timestamp_seconds: 'recorded' });
  });

  it('fails, after the backup is made, when it cannot be recorded', async () => {
    await writeFile(join(folder, 'textfile'), '');
    const { code, err } = await backup('--', 'touch', 'made');
    expect([code, err.split('\n')[0]]).toEqual([
      2,
      `error: Cannot read the metrics of backup "database": ${folder}/textfile/telltale_backup_api_database.prom`,
    ]);
    await access(join(folder, 'made'));
  });

  it.each<[string[], string]>([
    [['--', 'true'], 'it needs "--name" and "--service"'],
    [['--name', 'a', '--service', 'b', '--', 'true'], 'it needs one of --textfile and --pushgateway'],
    [['--name', 'a', '--service', 'b', '--textfile', 'c'], 'it needs either a command after "--", or --restore-tested'],
    [
      ['--name', 'a', '--service', 'b', '--textfile', 'c', '--restore-tested', '--', 'true'],
      'it needs either a command after "--", or --restore-tested',
    ],
  ])('refuses %j', async (words, why) => {
    const { code, err } = await cli.run(['backup', ...words], folder);
    expect([code, err.split('\n')[0]]).toEqual([2, `error: Cannot run "backup": ${why}`]);
  });

  it('describes itself', async () => {
    expect((await cli.run(['backup', '--help'], folder)).out).toMatchInlineSnapshot(`
      "telltale backup: run a command that makes a backup, and record how it ended, for cron jobs.

      Usage: telltale backup [options] -- <command> [arguments]

        --name <name>        the backup: one of \`backups\` of the service in the config
        --service <name>     the service it is made of
        --textfile <folder>  folder of node_exporter's textfile collector to record it in
        --pushgateway <url>  Pushgateway to record it in, instead of a folder
        --size-of <file>     what the command writes: its size is recorded, and empty is a failure
        --restore-tested     run nothing; record that a restore of the backup was tested just now
      "
    `);
  });
});
