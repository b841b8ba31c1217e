import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePorts } from '../../../servers/process/free-ports.ts';

it('freePorts() gives as many different ports as asked for, each free', async () => {
  const ports = await freePorts(20);
  expect(new Set(ports).size).toBe(20);
  await Promise.all(ports.map(listenOnce));
});

function listenOnce(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}
