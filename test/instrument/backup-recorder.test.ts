import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BackupRecorder, backupRecorder } from '../../src/instrument/backup/backup-recorder.ts';
import { startBackupProcess } from '../support/backup-process.ts';
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

  it.each(['succeeded', 'failed'] as const)(
    'says nothing good of a run that is killed after one that %s',
    async (how) => {
      await newRecorder()[how]();
      const { last_run_status: _, ...others } = await values();
      const expected = how === 'failed' ? { ...others, last_run_status: 0 } : others;
      const job = await startBackupProcess({ name: 'postgres', service: 'api', textfile: folder });
      const underWay = await values();
      await job.kill();
      expect([underWay, await values()]).toEqual([expected, expected]);
    },
  );

  it('is readable by all whatever the umask', async () => {
    const before = process.umask(0o077);
    try {
      await newRecorder().succeeded();
    } finally {
      process.umask(before);
    }
    expect((await stat(join(folder, 'telltale_backup_api_postgres.prom'))).mode & 0o777).toBe(0o644);
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

  it('passes on the error of a backup that failed also where that cannot be recorded', async () => {
    await writeFile(join(folder, 'file'), '');
    const recorder = backupRecorder({ name: 'postgres', service: 'api', textfile: join(folder, 'file') });
    await expect(recorder.run(() => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
  });

  it('does not replace a file that it cannot read', async () => {
    await mkdir(join(folder, 'telltale_backup_api_postgres.prom'));
    await expect(newRecorder().failed()).rejects.toMatchObject({
      code: 'TELLTALE_WRITE',
      message: expect.stringMatching(/^Cannot read the metrics of backup "postgres": /),
    });
  });

  it('keeps apart two backups whose names make one file name, by never taking over what is of the other', async () => {
    await backupRecorder({ name: 'c', service: 'a_b', textfile: folder }).succeeded({ sizeBytes: 5 });
    await backupRecorder({ name: 'b_c', service: 'a', textfile: folder }).failed();
    const samples = parseExposition(await readFile(join(folder, 'telltale_backup_a_b_c.prom'), 'utf8'));
    expect(samples).toEqual([{ name: 'backup_last_run_status', labels: { backup: 'b_c', service: 'a' }, value: 0 }]);
  });
});

describe('backupRecorder()', () => {
  const ofName = 'must be a text of letters, digits, "_", "-" and ".", as it is part of a file name and of a URL';

  it.each<[object, string]>([
    [{ name: '../postgres', service: 'api', textfile: 'x' }, `option "name" ${ofName}, got "../postgres"`],
    [{ name: '', service: 'api', textfile: 'x' }, `option "name" ${ofName}, got ""`],
    [{ name: '..', service: 'api', textfile: 'x' }, `option "name" ${ofName}, got ".."`],
    [{ name: 'a', service: 'b c', textfile: 'x' }, `option "service" ${ofName}, got "b c"`],
    [{ service: 'api', textfile: 'x' }, 'it needs a name'],
    [{ name: 'a' }, 'it needs one of textfile, pushgateway and registry, got 0'],
    [
      { name: 'a', service: 'b', textfile: 'x', pushgateway: 'http://x' },
      'it needs one of textfile, pushgateway and registry, got 2',
    ],
    [{ name: 'a', textfile: 'x' }, 'it needs the service it is made of'],
    [
      { name: 'a', service: 'b', pushgateway: 'pushgateway:9091' },
      'option "pushgateway" must be the address of a Pushgateway that starts with http:// or https://, or { url, headers }, got "pushgateway:9091"',
    ],
  ])('refuses %j', (options, problem) => {
    expect(() => backupRecorder(options as never)).toThrow(
      expect.objectContaining({ code: 'TELLTALE_OPTION', message: `Cannot use backupRecorder(): ${problem}` }),
    );
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

  it('says nothing of the last run while one is under way', async () => {
    const registry = newRegistry();
    const recorder = backupRecorder({ name: 'postgres', registry });
    await recorder.succeeded();
    const underWay = await recorder.run(async () => {
      const { series } = await scrape(registry);
      expect(series('backup_last_success_timestamp_seconds')).toEqual({ postgres: recent() });
      expect(series('backup_last_run_status')).toEqual({});
    });
    expect(underWay).toBeUndefined();
    expect((await scrape(registry)).series('backup_last_run_status')).toEqual({ postgres: 1 });
  });
});
