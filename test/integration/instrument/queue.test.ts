import { Redis } from 'ioredis';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis } from '../../../servers/redis.ts';
import type { Server } from '../../../servers/server.ts';
import { observeQueue, type QueueReading } from '../../../src/instrument/jobs/queue.ts';
import { instrumentJob } from '../../../src/instrument/jobs/jobs.ts';
import { type Exposition, scrape } from '../../support/exposition.ts';

let server: Server;
let redis: Redis;

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
});

afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

interface Email {
  readonly to: string;
  readonly queuedAtMillis: number;
}

const push = (to: string, queuedAtMillis = Date.now()): Promise<number> =>
  redis.lpush('emails', JSON.stringify({ to, queuedAtMillis }));

async function readEmails(): Promise<QueueReading> {
  const [depth, oldest] = await Promise.all([redis.llen('emails'), redis.lindex('emails', -1)]);
  if (oldest === null) return { depth, oldestAgeSeconds: 0 };
  return { depth, oldestAgeSeconds: (Date.now() - (JSON.parse(oldest) as Email).queuedAtMillis) / 1_000 };
}

const depthOf = ({ value }: Exposition): number | undefined => value('queue_depth', { queue: 'emails' });
const ageOf = ({ value }: Exposition): number => value('queue_oldest_age_seconds', { queue: 'emails' }) ?? Number.NaN;

describe('a queue in a real Redis, and the job that works it off', () => {
  it('shows depth and age as they are', async () => {
    const registry = new Registry();
    observeQueue('emails', readEmails, { registry });
    const send = instrumentJob(
      'send-emails',
      async () => {
        for (;;) {
          const email = await redis.rpop('emails');
          if (email === null) return;
          if ((JSON.parse(email) as Email).to === 'nobody') throw new Error('no such user');
        }
      },
      { registry },
    );
    await push('first', Date.now() - 60_000);
    await push('nobody', Date.now() - 30_000);
    await push('last', Date.now() - 10_000);
    const full = await scrape(registry);
    expect(depthOf(full)).toBe(3);
    expect(ageOf(full)).toBeGreaterThanOrEqual(60);
    await expect(send()).rejects.toThrow('no such user');
    const half = await scrape(registry);
    expect(depthOf(half)).toBe(1);
    expect(ageOf(half)).toBeGreaterThanOrEqual(10);
    expect(ageOf(half)).toBeLessThan(ageOf(full));
    await send();
    const empty = await scrape(registry);
    expect([depthOf(empty), ageOf(empty)]).toEqual([0, 0]);
    expect(empty.series('job_runs_total')).toEqual({ 'send-emails success': 1, 'send-emails failure': 1 });
  });

  it('leaves the queue out while Redis does not answer, asks it once, and goes on when it does', async () => {
    const registry = new Registry();
    let readings = 0;
    const read = (): Promise<QueueReading> => {
      readings += 1;
      return readEmails();
    };
    observeQueue('emails', read, { registry, timeoutMillis: 100 });
    await push('somebody');
    server.pause();
    try {
      for (let i = 0; i < 3; i += 1) expect(depthOf(await scrape(registry))).toBeUndefined();
      expect(readings).toBe(1);
    } finally {
      server.resume();
    }
    await expect.poll(async () => depthOf(await scrape(registry)), { timeout: 20_000 }).toBe(1);
    const { value } = await scrape(registry);
    expect(value('telltale_label_errors_total', { metric: 'queue_depth' })).toBe(3);
  });
});
