/** A connection as a server sees it: real, so that what is read off it costs what it costs. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export async function liveSocket(): Promise<Socket> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [Socket];
  // Requests by the thousand share it while they are counted in flight.
  socket.setMaxListeners(0);
  return socket;
}
