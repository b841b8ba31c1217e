import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Answer, send } from '../support/express-server.ts';
import { type FakeSentry, startFakeSentry, startSentryService } from '../support/sentry-service.ts';

const secret = 's3cr3t';
const waiting = { timeout: 20_000, interval: 50 };

/** A request as it may come, with a secret wherever one can be. */
const hostile = {
  method: 'POST',
  path: `/users/${secret}/orders?token=${secret}&access_token=${secret}`,
  headers: {
    authorization: `Bearer ${secret}`,
    cookie: `session=${secret}`,
    'x-api-key': secret,
    'x-anything': secret,
    referer: `https://ann:${secret}@example.org/?token=${secret}`,
    'content-type': 'application/json',
  },
  body: JSON.stringify({ password: secret }),
};

interface Started {
  readonly port: number;
  readonly sentry: FakeSentry;
}

async function start(options: { readonly answers?: boolean } = {}): Promise<Started> {
  const sentry = await startFakeSentry(options.answers);
  const service = await startSentryService({ dsn: sentry.dsn });
  onTestFinished(async () => {
    await service.stop();
    sentry.close();
  });
  const { port } = service;
  await vi.waitFor(() => send(port, { path: '/health' }), waiting);
  return { port, sentry };
}

async function countedErrors(port: number): Promise<readonly string[]> {
  const page = (await send(port, { path: '/metrics' }))?.body ?? '';
  return page.split('\n').filter((line) => /^application_errors_total.* [1-9]/.test(line));
}

const answered = (answer: Answer | undefined): unknown => ({ status: answer?.status, body: answer?.body });
const asIfNothing = { status: 500, body: '{"error":"Something went wrong on our side."}' };
const counted = ['application_errors_total{type="TypeError",route="/users/:id/orders",handled="true"} 1'];

describe('the service of docs/sentry.md', () => {
  it('reports an error with its route and release, and nothing of the request', async () => {
    const { port, sentry } = await start();
    expect(answered(await send(port, hostile))).toEqual(asIfNothing);
    await vi.waitFor(() => expect(sentry.events()).toHaveLength(1), waiting);
    const [event] = sentry.events();
    const { transaction, release, tags, request, user, breadcrumbs } = event ?? {};
    const exceptions = event?.exception.values.map(({ type, value }) => ({ type, value }));
    expect({ exceptions, transaction, release, tags, request, user, breadcrumbs }).toEqual({
      exceptions: [{ type: 'TypeError', value: 'the order has no lines' }],
      transaction: 'POST /users/:id/orders',
      release: '1.4.0',
      tags: { error_type: 'TypeError', route: '/users/:id/orders' },
    });
    expect(sentry.received.join('\n')).not.toContain(secret);
    expect(await countedErrors(port)).toEqual(counted);
  });

  it('leaves the fault of a client out', async () => {
    const { port, sentry } = await start();
    expect((await send(port, { ...hostile, body: '{' }))?.status).toBe(400);
    await send(port, hostile);
    await vi.waitFor(() => expect(sentry.events()).toHaveLength(1), waiting);
    expect(sentry.events()[0]?.exception.values[0]?.type).toBe('TypeError');
    expect(await countedErrors(port)).toEqual(counted);
  });

  it('answers and counts as always while Sentry hangs', async () => {
    const { port, sentry } = await start({ answers: false });
    expect(answered(await send(port, hostile))).toEqual(asIfNothing);
    await vi.waitFor(() => expect(sentry.received).not.toEqual([]), waiting);
    expect(answered(await send(port, hostile))).toEqual(asIfNothing);
    expect(await countedErrors(port)).toEqual(counted.map((line) => line.replace(/1$/, '2')));
  });

  it('answers and counts as always while Sentry is away', async () => {
    const { port, sentry } = await start();
    sentry.close();
    expect(answered(await send(port, hostile))).toEqual(asIfNothing);
    expect(answered(await send(port, hostile))).toEqual(asIfNothing);
    expect(await countedErrors(port)).toEqual(counted.map((line) => line.replace(/1$/, '2')));
  });

  it.each([
    ['an uncaught exception', 'setTimeout(() => { throw new RangeError("lost"); }, 1);'],
    ['an unhandled rejection', 'void Promise.reject(new RangeError("lost"));'],
  ])('reports %s, and dies of it', async (_, lastLines) => {
    const sentry = await startFakeSentry();
    const service = await startSentryService({ dsn: sentry.dsn, lastLines });
    onTestFinished(() => sentry.close());
    const { code, errors } = await service.ended;
    expect(code).toBe(1);
    expect(errors).toContain('RangeError: lost');
    expect(sentry.events().map(({ exception, release }) => [exception.values[0]?.value, release])).toEqual([
      ['lost', '1.4.0'],
    ]);
  });
});
