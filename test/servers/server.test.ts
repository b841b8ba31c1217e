import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../servers/process/free-ports.ts';
import { createStage } from '../../servers/process/stage.ts';
import { type Server, startServer } from '../../servers/server.ts';

/** A web server of one line. */
async function start(): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const script = `require('node:http').createServer((_, answer) => answer.end('here')).listen(${port}, '127.0.0.1')`;
  const server = await startServer({
    name: 'example',
    url,
    port,
    command: process.execPath,
    args: ['-e', script],
    ready: url,
  });
  onTestFinished(() => server.kill());
  return server;
}

async function answers({ url }: Server): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

describe('a server that is killed', () => {
  it('does not run, and runs again on its port once it is restarted', async () => {
    const server = await start();
    const before = server.pid;
    await server.kill();
    expect([server.isRunning, await answers(server)]).toEqual([false, false]);
    await server.restart();
    expect([server.isRunning, await answers(server)]).toEqual([true, true]);
    expect(server.pid).not.toBe(before);
  });

  it('is no problem for the stage that it is on', async () => {
    const stage = createStage();
    const server = await stage.use(start());
    await server.kill();
    await stage.close();
    expect(server.isRunning).toBe(false);
  });
});

it('a server that is stopped while it restarts does not run afterwards', async () => {
  const server = await start();
  await server.kill();
  const restarted = server.restart();
  await server.stop();
  await restarted;
  expect([server.isRunning, await answers(server)]).toEqual([false, false]);
});
