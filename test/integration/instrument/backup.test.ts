import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startNodeExporter } from '../../../servers/node-exporter.ts';
import { createStage } from '../../../servers/process/stage.ts';
import { tempFolder } from '../../../servers/process/temp-folder.ts';
import { startPushgateway } from '../../../servers/pushgateway.ts';
import type { Server } from '../../../servers/server.ts';
import { backupRecorder } from '../../../src/instrument/backup/backup-recorder.ts';
import { startBackupProcess } from '../../support/backup-process.ts';
import { parseExposition } from '../../support/exposition.ts';

const stage = createStage();
let textfile: string;
let exporter: Server;
let gateway: Server;

beforeAll(async () => {
  const folder = await tempFolder('backup');
  stage.onClose('temporary folder', () => folder.remove());
  textfile = folder.path;
  exporter = await startNodeExporter({
    textfileFolder: textfile,
    flags: ['--collector.disable-defaults', '--collector.textfile'],
  });
  stage.onClose('node exporter', () => exporter.stop());
  gateway = await startPushgateway();
  stage.onClose('Pushgateway', () => gateway.stop());
});

afterAll(() => stage.close());

/** What a server exposes of backups, by service and name; times as "now" where they are. */
async function exposed(server: Server): Promise<Record<string, Record<string, unknown>>> {
  const answer = await fetch(`${server.url}/metrics`);
  expect(answer.status).toBe(200);
  const backups: Record<string, Record<string, unknown>> = {};
  for (const { name, labels, value } of parseExposition(await answer.text())) {
    if (!name.startsWith('backup_')) continue;
    const now = Date.now() / 1_000;
    const of = (backups[`${labels['service']} ${labels['backup']}`] ??= {});
    of[name] = name.endsWith('_timestamp_seconds') && value <= now && value > now - 600 ? 'now' : value;
  }
  return backups;
}

async function textfileProblems(): Promise<number | undefined> {
  const samples = parseExposition(await (await fetch(`${exporter.url}/metrics`)).text());
  return samples.find(({ name }) => name === 'node_textfile_scrape_error')?.value;
}

describe('backupRecorder() read by a real node_exporter', () => {
  it('is exposed as written, several backups beside each other, whatever the umask of the job', async () => {
    const before = process.umask(0o077);
    onTestFinished(() => void process.umask(before));
    const database = backupRecorder({ name: 'database', service: 'api', textfile });
    await database.succeeded({ durationSeconds: 61.5, sizeBytes: 12_345_678_901 });
    await database.restoreTested();
    await backupRecorder({ name: 'uploads', service: 'api', textfile }).failed({ durationSeconds: 3 });
    await backupRecorder({ name: 'database', service: 'payments', textfile }).succeeded();
    expect(await exposed(exporter)).toEqual({
      'api database': {
        backup_last_success_timestamp_seconds: 'now',
        backup_last_run_status: 1,
        backup_duration_seconds: 61.5,
        backup_size_bytes: 12_345_678_901,
        backup_restore_test_timestamp_seconds: 'now',
      },
      'api uploads': { backup_last_run_status: 0, backup_duration_seconds: 3 },
      'payments database': { backup_last_success_timestamp_seconds: 'now', backup_last_run_status: 1 },
    });
    expect(await textfileProblems()).toBe(0);
  });

  it('says nothing of the last run while one is under way, and after that one was killed', async () => {
    const job = await startBackupProcess({ name: 'database', service: 'payments', textfile });
    const expected = { backup_last_success_timestamp_seconds: 'now' };
    expect((await exposed(exporter))['payments database']).toEqual(expected);
    await job.kill();
    expect((await exposed(exporter))['payments database']).toEqual(expected);
  });

  it('is read at every moment of being replaced: old or new, never a half', async () => {
    const recorder = backupRecorder({ name: 'database', service: 'api', textfile });
    const reading = new AbortController();
    const writes = (async () => {
      while (!reading.signal.aborted) await recorder.succeeded({ sizeBytes: 5 });
    })();
    const seen: unknown[] = [];
    for (let i = 0; i < 50; i += 1) {
      seen.push(Object.keys((await exposed(exporter))['api database'] ?? {}).length, await textfileProblems());
    }
    reading.abort();
    await writes;
    expect(new Set(seen)).toEqual(new Set([5, 0]));
    expect((await readdir(textfile)).filter((file) => !file.endsWith('.prom'))).toEqual([]);
  });
});

describe('backupRecorder() pushing to a real Pushgateway', () => {
  it('keeps what a run does not say, in a group for each backup', async () => {
    const recorder = backupRecorder({ name: 'database', service: 'api', pushgateway: `${gateway.url}/` });
    await recorder.run(async () => ({ sizeBytes: 12_345_678_901 }));
    await recorder.restoreTested();
    await backupRecorder({ name: 'uploads', service: 'api', pushgateway: { url: gateway.url } }).failed();
    await recorder.failed({ durationSeconds: 4 });
    expect(await exposed(gateway)).toEqual({
      'api database': {
        backup_last_success_timestamp_seconds: 'now',
        backup_last_run_status: 0,
        backup_duration_seconds: 4,
        backup_size_bytes: 12_345_678_901,
        backup_restore_test_timestamp_seconds: 'now',
      },
      'api uploads': { backup_last_run_status: 0 },
    });
  });

  it('says nothing of the last run while one is under way, and after that one was killed', async () => {
    const options = { name: 'killed', service: 'api', pushgateway: gateway.url };
    await backupRecorder(options).succeeded();
    const job = await startBackupProcess(options);
    await job.kill();
    expect((await exposed(gateway))['api killed']).toEqual({ backup_last_success_timestamp_seconds: 'now' });
  });

  it('fails with what the other side said, after the backup itself is done, and runs where none answers', async () => {
    const server = createServer((_, response) => response.writeHead(401).end('who are you?')).listen(0);
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    let ran = 0;
    const backUp = (pushgateway: string): Promise<void> =>
      backupRecorder({ name: 'database', service: 'api', pushgateway }).run(async () => {
        ran += 1;
      });
    const refused = await backUp(url).catch((error: unknown) => error);
    server.close();
    const unreached = await backUp(url).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'TELLTALE_WRITE',
      cause: { message: `${url}/metrics answered 401: who are you?` },
    });
    expect(unreached).toMatchObject({ code: 'TELLTALE_WRITE' });
    expect(ran).toBe(2);
  });

  it('sends headers that are asked for', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer(({ headers }, response) => {
      asked.push(headers.authorization);
      response.end();
    }).listen(0);
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const pushgateway = { url, headers: { authorization: 'Bearer abc' } };
    await backupRecorder({ name: 'database', service: 'api', pushgateway }).succeeded();
    expect(asked).toEqual(['Bearer abc', 'Bearer abc']);
  });
});
