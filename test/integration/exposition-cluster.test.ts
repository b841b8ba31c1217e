import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseExposition } from '../support/exposition.ts';

const loader = fileURLToPath(new URL('../support/load-source.mjs', import.meta.url));
const script = fileURLToPath(new URL('../instrument/fixtures/cluster.ts', import.meta.url));

interface Started {
  readonly port: number;
  readonly pids: readonly [number, number, number];
}

interface TestCluster extends Started {
  readonly nextLine: () => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

let running: TestCluster;

async function startCluster(): Promise<TestCluster> {
  const child = spawn(process.execPath, [loader, script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<unknown> => JSON.parse(String((await lines.next()).value));
  const started = (await nextLine()) as Started;
  const stop = async (): Promise<void> => {
    // A stopped worker would not hear that its primary is gone.
    for (const pid of started.pids) signal(pid, 'SIGKILL');
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  return { ...started, nextLine, stop };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}

/** The samples of the cluster's page that say something of the workers. */
async function page(path = '/'): Promise<Readonly<Record<string, number>>> {
  const text = await (await fetch(`http://127.0.0.1:${running.port}${path}`)).text();
  const known = /^(jobs_total|job_seconds_(bucket|count)|level|highest|telltale_workers_silent)$/;
  const samples = parseExposition(text).filter(({ name }) => known.test(name));
  return Object.fromEntries(
    samples.map(({ name, labels, value }) => [[name, ...Object.values(labels)].join(' '), value]),
  );
}

const counted = {
  'jobs_total a "b"': 1_111,
  'job_seconds_bucket 1': 1,
  'job_seconds_bucket 50': 2,
  'job_seconds_bucket +Inf': 4,
  job_seconds_count: 4,
};

beforeAll(async () => {
  running = await startCluster();
});

afterAll(() => running.stop());

describe('aggregateCluster()', () => {
  it('adds up primary and workers, each metric in its way', async () => {
    expect(await page()).toEqual({ ...counted, level: 4, highest: Infinity, telltale_workers_silent: 0 });
  });

  it('leaves prom-client to aggregate the workers beside it', async () => {
    expect(await page('/stock')).toMatchObject({ 'jobs_total a "b"': 111, level: 3 });
  });

  it('answers when one worker is stopped and one was killed, and lets no sum fall', async () => {
    signal(running.pids[0], 'SIGSTOP');
    signal(running.pids[2], 'SIGKILL');
    expect(await running.nextLine()).toEqual({ gone: 3 });
    const left = { ...counted, level: 2, highest: 1_000, telltale_workers_silent: 1 };
    expect([await page(), await page()]).toEqual([left, left]);
  });

  it('takes a worker back that answers again', async () => {
    signal(running.pids[0], 'SIGCONT');
    expect(await page()).toEqual({ ...counted, level: 3, highest: 1_000, telltale_workers_silent: 0 });
  });
});
