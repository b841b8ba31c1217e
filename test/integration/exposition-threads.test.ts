import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseExposition } from '../support/exposition.ts';

const loader = fileURLToPath(new URL('../support/load-source.mjs', import.meta.url));
const script = fileURLToPath(new URL('../instrument/fixtures/cluster-threads.ts', import.meta.url));

let url: string;
let stop: () => Promise<void>;

async function page(path = '/'): Promise<Readonly<Record<string, number>>> {
  const samples = parseExposition(await (await fetch(url + path)).text());
  return Object.fromEntries(samples.map(({ name, value }) => [name, value]));
}

beforeAll(async () => {
  const child = spawn(process.execPath, [loader, script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port: unknown = (await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()).value;
  url = `http://127.0.0.1:${String(port)}`;
  stop = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
});

afterAll(() => stop());

describe('aggregateThreads() in aggregateCluster()', () => {
  const patiently = { timeout: 30_000 };

  it('adds up the threads of every process', async () => {
    await expect.poll(page, patiently).toEqual({ jobs_total: 2_111, level: 5, telltale_workers_silent: 0 });
  });

  it('counts a blocked thread of a worker as silent, and not the worker', async () => {
    await page('/block');
    await expect.poll(page, patiently).toEqual({ jobs_total: 2_111, level: 4, telltale_workers_silent: 1 });
  });
});
