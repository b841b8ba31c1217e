import { type AddressInfo, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { choosePorts, freePort, freePorts } from '../../../servers/process/free-ports.ts';

it('freePorts() gives as many different ports as asked for, each free', async () => {
  const ports = await freePorts(20);
  expect(new Set(ports).size).toBe(20);
  await Promise.all(ports.map(listenOnce));
});

it('choosePorts() grants a wished port that is free', async () => {
  const wish = await freePort();
  const [any, wished] = await choosePorts([undefined, wish]);
  expect(wished).toEqual({ port: wish, busy: undefined });
  expect(any?.port).not.toBe(wish);
});

it.each(['127.0.0.1', '0.0.0.0', '::'])(
  'choosePorts() gives another port when somebody listens on %s',
  async (host) => {
    const busy = await listenOn(host);
    const [chosen] = await choosePorts([busy]);
    expect(chosen?.busy).toBe(busy);
    await listenOnce(chosen?.port ?? 0);
  },
);

it('choosePorts() gives a port that is wished twice to one of them', async () => {
  const wish = await freePort();
  const ports = await choosePorts([wish, wish]);
  expect(ports.filter(({ busy }) => busy === undefined).map(({ port }) => port)).toEqual([wish]);
  expect(new Set(ports.map(({ port }) => port)).size).toBe(2);
});

async function listenOn(host: string): Promise<number> {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

function listenOnce(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}
