import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { labPorts } from '../../../servers/lab/lab-ports.ts';
import { freePorts } from '../../../servers/process/free-ports.ts';

it('labPorts() takes preferred ports, and says which is busy and what is used instead', async () => {
  const [free = 0, busy = 0] = await freePorts(2);
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(busy, '127.0.0.1', resolve));

  const said: string[] = [];
  const ports = await labPorts({ api: free, prometheus: busy }, (line) => said.push(line));
  expect(ports.api).toBe(free);
  expect(said).toEqual([`port ${busy} is busy: Prometheus gets ${ports.prometheus}`]);
  expect(new Set(Object.values(ports)).size).toBe(11);
});
