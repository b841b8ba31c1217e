/** The traffic as a program: runs until its time is up or it is interrupted, and prints what was answered. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { trafficPatterns } from './pattern.ts';
import { startTraffic } from './start-traffic.ts';

export async function runTraffic(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      api: { type: 'string', default: 'http://127.0.0.1:3000' },
      payments: { type: 'string', default: 'http://127.0.0.1:3001' },
      rate: { type: 'string', default: '20' },
      pattern: { type: 'string', default: 'steady' },
      'day-seconds': { type: 'string', default: '600' },
      seconds: { type: 'string' },
    },
  });
  const traffic = startTraffic({
    api: values.api,
    payments: values.payments,
    requestsPerSecond: Number(values.rate),
    pattern: trafficPatterns.find((pattern) => pattern === values.pattern) ?? 'steady',
    dayMillis: Number(values['day-seconds']) * 1_000,
    ...(process.env['PAYMENTS_KEY'] === undefined ? {} : { paymentsKey: process.env['PAYMENTS_KEY'] }),
  });
  await timeOrInterrupt(values.seconds === undefined ? undefined : Number(values.seconds) * 1_000);
  await traffic.stop();
  process.stdout.write(`${JSON.stringify(traffic.stats())}\n`);
}

async function timeOrInterrupt(millis: number | undefined): Promise<void> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  await sleep(millis ?? 2_147_483_647, undefined, { signal: interrupted.signal }).catch(() => {});
}
