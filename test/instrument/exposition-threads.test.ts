import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { aggregateThreads } from '../../src/instrument/exposition/threads.ts';
import { bothClients, fillOurs } from '../support/every-kind.ts';
import { parseExposition } from '../support/exposition.ts';
import { onlyClient } from '../support/only-client.ts';
import type { Command } from './fixtures/threads.ts';

const loader = fileURLToPath(new URL('../support/load-source.mjs', import.meta.url));
const script = fileURLToPath(new URL('fixtures/threads.ts', import.meta.url));

interface ThreadedProcess {
  readonly obey: (command: Command) => Promise<unknown>;
  /** The samples that say something of the threads. */
  readonly page: () => Promise<Readonly<Record<string, number>>>;
  /** Lets go of it: gives its exit code once it has ended by itself. */
  readonly leave: () => Promise<number | null>;
  readonly kill: () => void;
}

function startProcess(env: Readonly<Record<string, string>>): ThreadedProcess {
  const child = fork(loader, [script], { env: { ...process.env, ...env }, execArgv: [] });
  const obey = async (command: Command): Promise<unknown> => {
    const answered = once(child, 'message');
    child.send(command);
    const [{ answer }] = (await answered) as [{ readonly answer: unknown }];
    return answer;
  };
  return {
    obey,
    page: async () => samplesOf(await obey({ do: 'scrape', scrapes: 1 })),
    leave: async () => {
      const ended = once(child, 'exit') as Promise<[number | null]>;
      child.disconnect();
      return (await ended)[0];
    },
    kill: () => child.kill('SIGKILL'),
  };
}

function samplesOf(pages: unknown): Readonly<Record<string, number>> {
  const [text] = pages as readonly string[];
  const known = /^(jobs_total|job_seconds_(bucket|count)|level|highest|telltale_workers_silent)$/;
  const samples = parseExposition(text ?? '').filter(({ name }) => known.test(name));
  return Object.fromEntries(
    samples.map(({ name, labels, value }) => [[name, ...Object.values(labels)].join(' '), value]),
  );
}

/** What each of several scrapes that come at once says of how often metrics were collected. */
async function collections({ obey }: ThreadedProcess, scrapes: number): Promise<readonly (number | undefined)[]> {
  const pages = (await obey({ do: 'scrape', scrapes })) as readonly string[];
  return pages.map((text) => parseExposition(text).find(({ name }) => name === 'collections_total')?.value);
}

/** A thread is found within milliseconds; on a busy machine it takes a while to start. */
const patiently = { timeout: 20_000 };

/** Of the main thread, which counts 1000, and threads that count 1, 10 and 100. */
const counted = {
  'jobs_total a "b"': 1_111,
  'job_seconds_bucket 1': 1,
  'job_seconds_bucket 50': 2,
  'job_seconds_bucket +Inf': 4,
  job_seconds_count: 4,
};

describe.each(bothClients.map(([name]) => name))('aggregateThreads() with %s', (name) => {
  let running: ThreadedProcess;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    const client = await onlyClient(name);
    remove = client.remove;
    running = startProcess(client.env);
  });

  afterAll(async () => {
    running.kill();
    await remove();
  });

  test('adds up main thread and threads of its group that started before it, each metric in its way', async () => {
    await running.obey({ do: 'start', thread: 'another', share: 5_000, group: 'another' });
    await running.obey({ do: 'start', thread: 'a', share: 1 });
    await running.obey({ do: 'start', thread: 'b', share: 10 });
    await running.obey({ do: 'aggregate' });
    const two = {
      'jobs_total a "b"': 1_011,
      'job_seconds_bucket 1': 1,
      'job_seconds_bucket 50': 2,
      'job_seconds_bucket +Inf': 3,
      job_seconds_count: 3,
    };
    await expect
      .poll(running.page, patiently)
      .toEqual({ ...two, level: 3, highest: 1_000, telltale_workers_silent: 0 });
  });

  test('finds a thread that starts later', async () => {
    await running.obey({ do: 'start', thread: 'c', share: 100 });
    await expect
      .poll(running.page, patiently)
      .toEqual({ ...counted, level: 4, highest: Infinity, telltale_workers_silent: 0 });
  });

  test('asks every thread once for all who scrape at once', async () => {
    const [before = 0] = await collections(running, 1);
    expect(await collections(running, 5)).toEqual([4, 4, 4, 4, 4].map((each) => before + each));
  });

  test('counts a thread once, however often it is called there', async () => {
    await running.obey({ do: 'tell', thread: 'a', what: 'again' });
    await running.obey({ do: 'tell', thread: 'a', what: 'again' });
    await expect
      .poll(running.page, patiently)
      .toEqual({ ...counted, level: 4, highest: Infinity, telltale_workers_silent: 0 });
  });

  test('answers when a thread is blocked, and lets no sum fall', async () => {
    await running.obey({ do: 'tell', thread: 'a', what: 'block' });
    const left = { ...counted, level: 3, highest: Infinity, telltale_workers_silent: 1 };
    expect([await running.page(), await running.page()]).toEqual([left, left]);
  });

  test('takes a thread back that answers again', async () => {
    await running.obey({ do: 'unblock', thread: 'a' });
    expect(await running.page()).toEqual({ ...counted, level: 4, highest: Infinity, telltale_workers_silent: 0 });
  });

  test('remembers a thread that was terminated, though blocked', async () => {
    await running.obey({ do: 'tell', thread: 'c', what: 'block' });
    await running.obey({ do: 'terminate', thread: 'c' });
    const left = { ...counted, level: 3, highest: 1_000, telltale_workers_silent: 0 };
    expect([await running.page(), await running.page()]).toEqual([left, left]);
  });

  test('has what a thread counted to its end, when it ends by itself', async () => {
    await running.obey({ do: 'tell', thread: 'b', what: 'add' });
    await running.obey({ do: 'tell', thread: 'b', what: 'end' });
    const left = { ...counted, 'jobs_total a "b"': 1_116, level: 2, highest: 1_000, telltale_workers_silent: 0 };
    expect([await running.page(), await running.page()]).toEqual([left, left]);
  });

  test('finds the threads of threads', async () => {
    await running.obey({ do: 'tell', thread: 'a', what: 'nest' });
    const jobs = async (): Promise<unknown> => (await running.page())['jobs_total a "b"'];
    await expect.poll(jobs, patiently).toBe(1_001_116);
  });

  test('keeps what was scraped of a thread that calls process.exit()', async () => {
    await running.obey({ do: 'tell', thread: 'a', what: 'exit' });
    const page = await running.page();
    expect([page['jobs_total a "b"'], page['level'], page['telltale_workers_silent']]).toEqual([1_001_116, 1, 0]);
  });

  test('lets the process end by itself, and leaves nothing behind once disposed of', async () => {
    expect(await running.obey({ do: 'start', thread: 'd' })).toBe(1);
    expect(await running.obey({ do: 'dispose' })).toBe(0);
    for (const thread of ['another', 'd']) await running.obey({ do: 'tell', thread, what: 'end' });
    expect(await running.leave()).toBe(0);
  });
});

describe.each(bothClients.map(([name]) => name))('a process with %s that aggregates its threads', (name) => {
  test('ends by itself also when nobody disposes of anything', async () => {
    const client = await onlyClient(name);
    const running = startProcess(client.env);
    onTestFinished(async () => {
      running.kill();
      await client.remove();
    });
    await running.obey({ do: 'aggregate' });
    await running.obey({ do: 'start', thread: 'ends' });
    await running.obey({ do: 'start', thread: 'stays' });
    await expect.poll(async () => (await running.page())['level'], patiently).toBe(3);
    await running.obey({ do: 'tell', thread: 'ends', what: 'end' });
    await running.obey({ do: 'unref', thread: 'stays' });
    expect(await running.leave()).toBe(0);
  });
});

describe.each(bothClients)('aggregateThreads() in a process of one thread, with %s', (_, client) => {
  test('exposes the metrics of the thread itself', async () => {
    const registry = new client.Registry();
    fillOurs(registry);
    const aggregated = aggregateThreads({ registry, group: 'alone' });
    const silent = 'telltale_workers_silent';
    const help = `# HELP ${silent} Workers of the cluster, and threads, that did not answer the last scrape in time.`;
    const expected = `${help}\n# TYPE ${silent} gauge\n${silent} 0\n\n${await registry.metrics()}`;
    expect(await aggregated.registry.metrics()).toBe(expected);
    aggregated.dispose();
  });

  test('gives what another aggregation takes', async () => {
    const registry = new client.Registry();
    new client.Counter({ name: 'jobs_total', help: 'Jobs.', labelNames: ['kind'], registers: [registry] }).inc(
      { kind: 'a' },
      3,
    );
    const aggregated = aggregateThreads({ registry, group: 'alone' });
    const page = (await aggregated.registry.getMetricsAsJSON()) as object[];
    aggregated.dispose();
    expect(page).toMatchObject([
      { name: 'telltale_workers_silent', type: 'gauge', aggregator: 'sum', values: [{ value: 0, labels: {} }] },
      {
        name: 'jobs_total',
        help: 'Jobs.',
        type: 'counter',
        aggregator: 'sum',
        values: [{ value: 3, labels: { kind: 'a' } }],
      },
    ]);
    const twice = client.AggregatorRegistry.aggregate([page, structuredClone(page)]);
    expect(await twice.metrics()).toContain('\njobs_total{kind="a"} 6\n');
  });
});

describe('aggregateThreads()', () => {
  test('refuses wrong options', () => {
    expect(() => aggregateThreads({ timeoutMillis: 0, group: '' })).toThrow(
      expect.objectContaining({
        code: 'TELLTALE_OPTION',
        message:
          'Cannot use aggregateThreads(): option "timeoutMillis" must be a positive number of milliseconds, got 0; option "group" must be a text that is not empty, got ""',
      }),
    );
  });

  test('says which Node it takes', () => {
    const old = vi.spyOn(process, 'getBuiltinModule').mockReturnValue({ isMainThread: true });
    const fix = 'run Node 20.19 or a later 20, or Node 22.5 or later';
    expect(() => aggregateThreads()).toThrow(expect.objectContaining({ code: 'TELLTALE_OPTION', fix }));
    old.mockRestore();
  });
});
