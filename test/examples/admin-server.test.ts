import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminServer, isLoopback } from '../../examples/faults/admin-server.ts';
import { createSeams } from '../../examples/faults/create-seams.ts';
import { createSwitchboard } from '../../examples/faults/switchboard.ts';

const switchboard = createSwitchboard('api', { seams: createSeams(), pool: new Pool() });
const server = adminServer(switchboard);
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/faults`;
});

afterAll(() => {
  switchboard.turnAllOff();
  server.close();
});

function post(name: string, body: string, contentType = 'application/json'): Promise<Response> {
  return fetch(`${url}/${name}`, { method: 'POST', headers: { 'content-type': contentType }, body });
}

describe('adminServer()', () => {
  it('lists the faults', async () => {
    expect(await (await fetch(url)).json()).toEqual(switchboard.list());
  });

  it('turns a fault on with parameters, and off again', async () => {
    const on = await post('errors', JSON.stringify({ on: true, share: 0.7 }));
    expect(await on.json()).toMatchObject({ name: 'errors', on: true, parameters: { share: 0.7 } });
    const off = await post('errors', JSON.stringify({ on: false }));
    expect(await off.json()).toMatchObject({ name: 'errors', on: false });
  });

  it.each([
    ['an unknown fault', 'eror', '{ "on": true }', 'Cannot find fault'],
    ['an unknown parameter', 'errors', '{ "on": true, "shares": 1 }', 'known are share'],
    ['a body that does not say', 'errors', '{}', 'The body must say'],
  ])('answers 400 to %s', async (_what, name, body, message) => {
    const response = await post(name, body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(message);
  });

  it('refuses what a page of another origin could send unasked', async () => {
    expect((await post('errors', '{ "on": true }', 'text/plain')).status).toBe(415);
  });
});

describe('isLoopback()', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('is true of %s', (address) => {
    expect(isLoopback(address)).toBe(true);
  });

  it.each(['10.0.0.1', '::ffff:10.0.0.1', '::', '1127.0.0.1', undefined])('is false of %s', (address) => {
    expect(isLoopback(address)).toBe(false);
  });
});
