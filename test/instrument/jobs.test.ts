import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { instrumentJob } from '../../src/instrument/jobs/jobs.ts';
import { clients } from '../support/clients.ts';
import { scrape } from '../support/exposition.ts';

describe.each(clients)('instrumentJob() on a registry of %s', (_, newRegistry) => {
  it('counts both results, and knows when it last succeeded', async () => {
    const registry = newRegistry();
    const job = instrumentJob(
      'digest',
      async (count: number) => (count > 0 ? count : Promise.reject(new Error('none'))),
      {
        registry,
      },
    );
    const before = Date.now() / 1_000;
    expect(await job(3)).toBe(3);
    await expect(job(0)).rejects.toThrow('none');
    const { series, value } = await scrape(registry);
    expect(series('job_runs_total')).toEqual({ 'digest success': 1, 'digest failure': 1 });
    expect(value('job_duration_seconds_count', { job_name: 'digest' })).toBe(2);
    expect(value('job_last_success_timestamp_seconds', { job_name: 'digest' })).toBeGreaterThanOrEqual(before);
  });
});

describe('instrumentJob()', () => {
  it('exposes both results at 0, and no last success, before the first run', async () => {
    const registry = new Registry();
    instrumentJob('digest', () => {}, { registry });
    const { series } = await scrape(registry);
    expect(series('job_runs_total')).toEqual({ 'digest success': 0, 'digest failure': 0 });
    expect(series('job_duration_seconds_count')).toEqual({ digest: 0 });
    expect(series('job_last_success_timestamp_seconds')).toEqual({});
  });

  it('keeps this, arguments, result and error of a synchronous job', async () => {
    const registry = new Registry();
    const failure = new Error('broken');
    const owner = { name: 'owner' };
    const job = instrumentJob(
      'sync',
      function run(this: typeof owner, fails: boolean): string {
        if (fails) throw failure;
        return this.name;
      },
      { registry },
    );
    expect(job.call(owner, false)).toBe('owner');
    expect(() => job.call(owner, true)).toThrow(failure);
    expect((await scrape(registry)).series('job_runs_total')).toEqual({ 'sync success': 1, 'sync failure': 1 });
  });

  it('counts runs that overlap each, by how they end', async () => {
    const registry = new Registry();
    const ends: ((error?: Error) => void)[] = [];
    const job = instrumentJob(
      'overlapping',
      () =>
        new Promise<void>((resolve, reject) => {
          ends.push((error) => (error === undefined ? resolve() : reject(error)));
        }),
      { registry },
    );
    const runs = [job(), job(), job()];
    ends[2]?.();
    ends[0]?.(new Error('broken'));
    await Promise.allSettled([runs[0], runs[2]]);
    expect((await scrape(registry)).series('job_runs_total')).toEqual({
      'overlapping success': 1,
      'overlapping failure': 1,
    });
    ends[1]?.();
    await runs[1];
    expect((await scrape(registry)).value('job_duration_seconds_count', { job_name: 'overlapping' })).toBe(3);
  });

  it('keeps the name and the length of the job, by which schedulers know it', () => {
    const registry = new Registry();
    const job = instrumentJob('named', function sendDigest(_job: object, _done: () => void): void {}, { registry });
    expect([job.name, job.length]).toEqual(['sendDigest', 2]);
  });

  it('keeps what was recorded when a job of the same name comes', async () => {
    const registry = new Registry();
    instrumentJob('twice', () => {}, { registry })();
    instrumentJob('twice', () => {}, { registry })();
    const { series } = await scrape(registry);
    expect([series('job_runs_total'), series('job_duration_seconds_count')]).toEqual([
      { 'twice success': 2, 'twice failure': 0 },
      { twice: 2 },
    ]);
  });

  it('records no more names than there may be', async () => {
    const registry = new Registry();
    for (let i = 0; i < 103; i += 1) instrumentJob(`job-${i}`, () => {}, { registry })();
    const { series } = await scrape(registry);
    const names = Object.keys(series('job_duration_seconds_count'));
    expect([names.length, series('job_duration_seconds_count')['overflow']]).toEqual([101, 3]);
  });

  it('disposed of, runs unrecorded, and takes the metrics away with the last job', async () => {
    const registry = new Registry();
    const [first, second] = [1, 2].map((result) => instrumentJob(`job-${result}`, () => result, { registry }));
    first?.dispose();
    first?.dispose();
    expect(second?.()).toBe(2);
    expect((await scrape(registry)).value('job_runs_total', { job_name: 'job-2', result: 'success' })).toBe(1);
    second?.dispose();
    expect([first?.(), second?.(), registry.getMetricsAsArray()]).toEqual([1, 2, []]);
  });

  it('refuses a job without a name, and options that there are none of', () => {
    expect(() => instrumentJob('', () => {})).toThrow('needs a name and a function');
    expect(() => instrumentJob('a', 1 as never)).toThrow('needs a name and a function');
    expect(() => instrumentJob('a', () => {}, { timeout: 1 } as never)).toThrow('option "timeout" does not exist');
  });
});
