import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../servers/postgres.ts';

const loader = fileURLToPath(new URL('../../support/load-source.mjs', import.meta.url));
const script = fileURLToPath(new URL('../../instrument/fixtures/pool-exit.ts', import.meta.url));

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server.stop());

/** Resolves when the process has ended by itself; one that would not is killed, which rejects. */
async function run(manner: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [loader, script, server.url, manner], {
    timeout: 50_000,
  });
  return JSON.parse(stdout);
}

describe('a process with an instrumented pool ends by itself, and no client that left the pool stays in memory,', () => {
  it('once the pool has ended, after dispose()', async () => {
    expect(await run('ended')).toEqual({ listenersAdded: [0, 0, 0, 0, 0], own: [], alive: 0 });
  });

  it('once the pool has ended later than dispose()', async () => {
    expect(await run('disposed')).toEqual({ listenersAdded: [0, 0, 0, 0, 0], own: [], alive: 0 });
  });

  it('where the pool may be idle at the end, without dispose()', async () => {
    expect(await run('left alone')).toEqual({ listenersAdded: [1, 1, 1, 0, 0], own: ['query', 'connect'], alive: 0 });
  });
});
