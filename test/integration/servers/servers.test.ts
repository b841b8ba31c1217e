import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAlertmanager } from '../../../servers/alertmanager.ts';
import { allToolNames, type ToolName } from '../../../servers/all-tools.ts';
import { startBlackboxExporter } from '../../../servers/blackbox-exporter.ts';
import type { Tool } from '../../../servers/find-tool.ts';
import { startNodeExporter } from '../../../servers/node-exporter.ts';
import { startPostgresExporter } from '../../../servers/postgres-exporter.ts';
import { startPostgres } from '../../../servers/postgres.ts';
import { processTree, isAlive } from '../../../servers/process/process-tree.ts';
import { createStage } from '../../../servers/process/stage.ts';
import { tempFolder } from '../../../servers/process/temp-folder.ts';
import { startPrometheus } from '../../../servers/prometheus.ts';
import { provide } from '../../../servers/provide.ts';
import { startRedisExporter } from '../../../servers/redis-exporter.ts';
import { startRedis } from '../../../servers/redis.ts';
import type { Server } from '../../../servers/server.ts';
import { toolsTable } from '../../../servers/tools-table.ts';

let tools: Readonly<Record<ToolName, Tool>>;
const stage = createStage();
let folder: string;

beforeAll(async () => {
  tools = await provide(allToolNames);
  const temp = await tempFolder('servers-test');
  stage.onClose('temporary folder', () => temp.remove());
  folder = temp.path;
});

afterAll(() => stage.close());

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

async function metricsOf(server: Server): Promise<string> {
  return (await fetch(`${server.url}/metrics`)).text();
}

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(sql)).rows as readonly Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

/** Stops a server and says whether anything of it is left. */
async function leftAfterStop(server: Server): Promise<readonly number[]> {
  const pids = processTree(server.pid);
  await server.stop();
  return pids.filter(isAlive);
}

describe('provide()', () => {
  it('finds or unpacks every tool', () => {
    process.stdout.write(`\n${toolsTable(Object.values(tools))}`);
    expect(Object.keys(tools)).toEqual(allToolNames);
  });
});

describe('startPrometheus()', () => {
  it('serves its API, reloads, and leaves nothing behind', async () => {
    const configFile = await file('prometheus.yml', 'global: { scrape_interval: 1s }\n');
    const server = await stage.use(startPrometheus({ configFile, flags: ['--enable-feature=exemplar-storage'] }));
    await server.reload();
    const response = await fetch(`${server.url}/api/v1/query?query=1%2B1`);
    expect(await response.json()).toMatchObject({ status: 'success', data: { result: [expect.anything(), '2'] } });
    expect(await leftAfterStop(server)).toEqual([]);
  });

  it('shows what Prometheus has against its configuration', async () => {
    const configFile = await file('wrong.yml', 'scrape_configs: [{ job: nonsense }]\n');
    await expect(startPrometheus({ configFile })).rejects.toThrow(/ended early \(exit code 2\)[^]*field job not found/);
  });
});

describe('startAlertmanager()', () => {
  it('serves its API and leaves nothing behind', async () => {
    const configFile = await file('alertmanager.yml', 'route: { receiver: none }\nreceivers: [{ name: none }]\n');
    const server = await stage.use(startAlertmanager({ configFile }));
    expect(await (await fetch(`${server.url}/api/v2/receivers`)).json()).toMatchObject([{ name: 'none' }]);
    expect(await leftAfterStop(server)).toEqual([]);
  });
});

describe('startNodeExporter()', () => {
  it('exposes the files of a folder', async () => {
    const textfileFolder = join(folder, 'textfile');
    await mkdir(textfileFolder);
    await file('textfile/backup.prom', 'backup_last_success_timestamp_seconds 42\n');
    const server = await stage.use(startNodeExporter({ textfileFolder }));
    expect(await metricsOf(server)).toContain('\nbackup_last_success_timestamp_seconds 42\n');
    expect(await leftAfterStop(server)).toEqual([]);
  });
});

describe('startBlackboxExporter()', () => {
  it('probes', async () => {
    const configFile = await file(
      'blackbox.yml',
      'modules: { up: { prober: http, http: { preferred_ip_protocol: ip4 } } }\n',
    );
    const server = await stage.use(startBlackboxExporter({ configFile }));
    const probe = await fetch(`${server.url}/probe?module=up&target=${encodeURIComponent(`${server.url}/metrics`)}`);
    expect(await probe.text()).toContain('\nprobe_success 1\n');
    expect(await leftAfterStop(server)).toEqual([]);
  });
});

describe('startRedis() and startRedisExporter()', () => {
  it('show a Redis going down and coming back on the same port', async () => {
    const redis = await stage.use(startRedis({ maxMemory: '8mb' }));
    const exporter = await stage.use(startRedisExporter({ redisUrl: redis.url }));
    expect(await metricsOf(exporter)).toContain('\nredis_up 1\n');
    await redis.kill();
    expect(await metricsOf(exporter)).toContain('\nredis_up 0\n');
    await redis.restart();
    expect(await metricsOf(exporter)).toContain('\nredis_up 1\n');
    expect(await leftAfterStop(exporter)).toEqual([]);
    expect(await leftAfterStop(redis)).toEqual([]);
  });
});

describe('startPostgres() and startPostgresExporter()', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    postgres = await stage.use(startPostgres({ databaseUrl: '', settings: { max_connections: '20' } }));
  });

  it('runs with the settings and with pg_stat_statements', async () => {
    expect(await query(postgres.url, 'show max_connections')).toEqual([{ max_connections: '20' }]);
    const [row] = await query(postgres.url, 'select count(*) > 0 as counted from pg_stat_statements');
    expect(row).toEqual({ counted: true });
  });

  it('is read by the exporter, the checkpoint counters included', async () => {
    const exporter = await stage.use(startPostgresExporter({ databaseUrl: postgres.url }));
    const metrics = await metricsOf(exporter);
    expect(metrics).toMatch(/^pg_up 1$/m);
    expect(metrics).toMatch(/^pg_stat_checkpointer_num_timed_total/m);
    expect(metrics).toMatch(/^pg_long_running_transactions/m);
    expect(await leftAfterStop(exporter)).toEqual([]);
  });

  it('answers nobody while it is paused', async () => {
    const session = new Client({ connectionString: postgres.url });
    await session.connect();
    postgres.pause();
    try {
      const answer = session.query('select 2 as two');
      expect(await Promise.race([answer, sleep(300, 'no answer')])).toBe('no answer');
      await expect(query(postgres.url, 'select 1')).rejects.toThrow(/timeout/);
    } finally {
      postgres.resume();
    }
    await session.end();
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('keeps its data through kill() and restart()', async () => {
    await query(postgres.url, 'create table kept (id int); insert into kept values (7)');
    const pids = processTree(postgres.pid);
    await postgres.kill();
    expect(pids.filter(isAlive)).toEqual([]);
    await postgres.restart();
    expect(await query(postgres.url, 'select id from kept')).toEqual([{ id: 7 }]);
  });

  it('stops while a session is open, and leaves neither process nor folder', async () => {
    const [row] = await query(postgres.url, 'show data_directory');
    const client = new Client({ connectionString: postgres.url });
    client.on('error', () => {});
    await client.connect();
    expect(await leftAfterStop(postgres)).toEqual([]);
    await client.end().catch(() => {});
    expect(existsSync(dirname(String(row?.['data_directory'])))).toBe(false);
  });

  it('uses the database it is given, and leaves it alone', async () => {
    const given = await startPostgres({ databaseUrl: 'postgres://app@db.example:6432/app' });
    expect(given).toMatchObject({ isExternal: true, port: 6432 });
    expect(() => given.pause()).toThrow('Cannot pause PostgreSQL as DATABASE_URL names one that we did not start');
    expect(() => given.pid).toThrow('Cannot give the process id of PostgreSQL');
    await given.stop();
  });
});
