import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { jobsCatalog } from '../../src/catalog/jobs.ts';
import { acquireShared, type CreateShared } from '../../src/instrument/metrics/shared-parts.ts';
import { scrape } from '../support/exposition.ts';

function counting(stopped: string[]): CreateShared<{ inc: () => void }> {
  return (metrics, onDispose) => {
    const runs = metrics.counter(jobsCatalog.runs);
    onDispose(() => stopped.push('stopped'));
    return { inc: () => runs.inc({ job_name: 'j', result: 'success' }) };
  };
}

describe('acquireShared()', () => {
  it('gives every user of a registry the same recorders and disposes with the last', async () => {
    const registry = new Registry();
    const stopped: string[] = [];
    const first = acquireShared({ registry }, 'group', counting(stopped));
    const second = acquireShared({ registry }, 'group', counting(stopped));
    expect(second.value).toBe(first.value);
    first.release();
    first.release();
    second.value.inc();
    expect((await scrape(registry)).series('job_runs_total')).toEqual({ 'j success': 1 });
    expect(stopped).toEqual([]);
    second.release();
    expect(stopped).toEqual(['stopped']);
    expect(await registry.metrics()).not.toContain('job_runs_total');
  });

  it('starts anew after the registry was cleared', async () => {
    const registry = new Registry();
    acquireShared({ registry }, 'group', counting([])).value.inc();
    registry.clear();
    acquireShared({ registry }, 'group', counting([])).value.inc();
    expect((await scrape(registry)).series('job_runs_total')).toEqual({ 'j success': 1 });
  });

  it('stops what was started when making the recorders fails', () => {
    const stopped: string[] = [];
    const failing: CreateShared<object> = (_, onDispose) => {
      onDispose(() => stopped.push('stopped'));
      throw new Error('no');
    };
    expect(() => acquireShared({ registry: new Registry() }, 'group', failing)).toThrow('no');
    expect(stopped).toEqual(['stopped']);
  });
});

describe('a bounded recorder', () => {
  it('never throws, and counts what it cannot record', async () => {
    const registry = new Registry();
    const { value } = acquireShared({ registry }, 'group', (metrics) => ({
      runs: metrics.counter(jobsCatalog.runs),
      age: metrics.gauge(jobsCatalog.queueOldestAge),
      depth: metrics.gauge(jobsCatalog.queueDepth, () => {
        throw new Error('cannot be read');
      }),
    }));
    value.runs.inc({ job_name: 'j', result: 'success' }, -1);
    value.runs.inc({ job_name: 'j', result: 'success' }, NaN);
    value.runs.inc({ job_name: 'j', result: 'maybe' });
    value.age.set({ queue: 'q' }, Infinity);
    await registry.metrics();
    expect((await scrape(registry)).series('telltale_label_errors_total')).toEqual({
      job_runs_total: 3,
      queue_depth: 2,
      queue_oldest_age_seconds: 1,
    });
  });
});
