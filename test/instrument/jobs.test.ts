import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { instrumentJob } from '../../src/instrument/jobs.ts';
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

  it('refuses a job without a name', () => {
    expect(() => instrumentJob('', () => {})).toThrow('needs a name and a function');
  });
});
