import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createSchedule } from '../../examples/api/jobs/schedule.ts';

describe('createSchedule()', () => {
  it('never runs a job twice at a time, and waits for it at the end', async () => {
    let running = 0;
    let most = 0;
    const run = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await sleep(20);
      running -= 1;
    };
    const schedule = createSchedule([{ name: 'slow', everyMillis: 1, run }]);
    schedule.start();
    await sleep(60);
    await schedule.stop();
    expect({ most, running }).toEqual({ most: 1, running: 0 });
  });

  it('skips a paused job until it is resumed', async () => {
    let runs = 0;
    const schedule = createSchedule([{ name: 'counted', everyMillis: 2, run: async () => void (runs += 1) }]);
    schedule.pause('counted');
    schedule.start();
    await sleep(20);
    expect(runs).toBe(0);
    schedule.resume('counted');
    await sleep(20);
    await schedule.stop();
    expect(runs).toBeGreaterThan(0);
  });
});
