import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BackupRecorder, backupRecorder } from '../../src/instrument/backup-recorder.ts';
import { clients } from '../support/clients.ts';
import { parseExposition, scrape } from '../support/exposition.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-backup-'));
});

afterEach(() => rm(folder, { recursive: true }));

function newRecorder(name = 'postgres'): BackupRecorder {
  return backupRecorder({ name, service: 'api', textfile: folder });
}

/** What the file of a backup says, without the prefix of its names. */
async function values(name = 'postgres'): Promise<Record<string, number>> {
  const samples = parseExposition(await readFile(join(folder, `telltale_backup_api_${name}.prom`), 'utf8'));
  expect(samples.map(({ labels }) => labels)).toEqual(samples.map(() => ({ backup: name, service: 'api' })));
  return Object.fromEntries(samples.map(({ name: metric, value }) => [metric.replace(/^backup_/, ''), value]));
}

const recent = (): unknown =>
  expect.toSatisfy((seconds: number) => seconds > Date.now() / 1_000 - 60 && seconds <= Date.now() / 1_000);

describe('backupRecorder() with a textfile', () => {
  it('runs a backup and records its success, time and size', async () => {
    expect(await newRecorder().run(async () => ({ sizeBytes: 4_096 }))).toEqual({ sizeBytes: 4_096 });
    expect(await values()).toEqual({
      last_success_timestamp_seconds: recent(),
      last_run_status: 1,
      duration_seconds: expect.any(Number),
      size_bytes: 4_096,
    });
  });

  it('passes on the error of a backup that failed, and keeps what is known of the last success', async () => {
    await newRecorder().succeeded({ durationSeconds: 60, sizeBytes: 10 });
    await newRecorder().restoreTested();
    const before = await values();
    const failure = new Error('disk full');
    await expect(
      newRecorder().run(() => {
        throw failure;
      }),
    ).rejects.toBe(failure);
    expect(await values()).toEqual({ ...before, last_run_status: 0, duration_seconds: expect.any(Number) });
    expect(before['restore_test_timestamp_seconds']).toEqual(recent());
  });

  it('says of a backup that never succeeded only that its run failed', async () => {
    await newRecorder().failed();
    expect(await values()).toEqual({ last_run_status: 0 });
  });

  it('keeps one file per backup, readable by all, and leaves no other behind', async () => {
    await Promise.all([newRecorder('postgres').succeeded(), newRecorder('uploads').succeeded()]);
    expect((await readdir(folder)).sort()).toEqual([
      'telltale_backup_api_postgres.prom',
      'telltale_backup_api_uploads.prom',
    ]);
    expect((await stat(join(folder, 'telltale_backup_api_uploads.prom'))).mode & 0o777).toBe(0o644);
  });

  it('loses nothing when it is told several things at once', async () => {
    const recorder = newRecorder();
    await Promise.all([recorder.succeeded({ sizeBytes: 7 }), recorder.restoreTested(), recorder.failed()]);
    expect(await values()).toEqual({
      last_success_timestamp_seconds: recent(),
      last_run_status: 0,
      size_bytes: 7,
      restore_test_timestamp_seconds: recent(),
    });
  });

  it('starts anew from a file that is none of ours', async () => {
    await writeFile(
      join(folder, 'telltale_backup_api_postgres.prom'),
      'backup_size_bytes{backup="postgres"} many\n<html>',
    );
    await newRecorder().failed();
    expect(await values()).toEqual({ last_run_status: 0 });
  });

  it('takes names of the user, also when it reads its own file again', async () => {
    const naming = { backup_size_bytes: { name: 'dump_bytes', labels: { backup: 'dump' } } };
    const recorder = backupRecorder({ name: 'postgres', service: 'api', textfile: folder, naming });
    await recorder.succeeded({ sizeBytes: 9 });
    await recorder.failed();
    expect(await readFile(join(folder, 'telltale_backup_api_postgres.prom'), 'utf8')).toMatch(
      /^dump_bytes\{dump="postgres",service="api"\} 9$/m,
    );
  });

  it('fails when the file cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const recorder = backupRecorder({ name: 'postgres', service: 'api', textfile: join(folder, 'file') });
    await expect(recorder.succeeded()).rejects.toMatchObject({ code: 'TELLTALE_WRITE' });
  });

  it.each([
    ['../postgres', 'is part of a file name'],
    ['', 'is part of a file name'],
  ])('refuses the name %j', (name, message) => {
    expect(() => newRecorder(name)).toThrow(message);
  });

  it('refuses to go nowhere', () => {
    expect(() => backupRecorder({ name: 'postgres' } as never)).toThrow('needs one of textfile and registry');
  });
});

describe.each(clients)('backupRecorder() on a registry of %s', (_, newRegistry) => {
  it('sets gauges', async () => {
    const registry = newRegistry();
    await backupRecorder({ name: 'postgres', registry }).succeeded({ durationSeconds: 3, sizeBytes: 5 });
    await backupRecorder({ name: 'uploads', registry }).failed();
    const { series } = await scrape(registry);
    expect(series('backup_last_run_status')).toEqual({ postgres: 1, uploads: 0 });
    expect(series('backup_size_bytes')).toEqual({ postgres: 5 });
    expect(series('backup_last_success_timestamp_seconds')).toEqual({ postgres: recent() });
  });
});
