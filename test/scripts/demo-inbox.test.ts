import { describe, expect, it } from 'vitest';
import { startInbox } from '../../scripts/demo/inbox.ts';

const post = async (url: string, body: string): Promise<number> => (await fetch(url, { method: 'POST', body })).status;

const message = (alertname: string, status = 'firing'): string =>
  JSON.stringify({ alerts: [{ status, labels: { alertname, service: 'api' } }] });

describe('startInbox()', () => {
  it('keeps the last four notifications, newest first', async () => {
    const inbox = await startInbox();
    for (const name of ['A', 'B', 'C', 'D']) await post(inbox.url, message(name));
    const status = await post(inbox.url, message('D', 'resolved'));
    const latest = inbox.latest().map((one) => `${one.alert} ${one.status} ${one.service}`);
    await inbox.stop();
    expect([status, latest]).toEqual([204, ['D resolved api', 'D firing api', 'C firing api', 'B firing api']]);
  });

  it('refuses what is no notification, and goes on', async () => {
    const inbox = await startInbox();
    const statuses = [await post(inbox.url, 'hello'), await post(inbox.url, '{}'), await post(inbox.url, message('A'))];
    const kept = inbox.latest().length;
    await inbox.stop();
    expect([statuses, kept]).toEqual([[400, 400, 204], 1]);
  });
});
