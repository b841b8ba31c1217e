/** Load on a server for as little work as possible: raw connections that stay open, one request at a time on each. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const connections = 16;
/** What every response ends with: the empty line and the body. */
const responseEnd = Buffer.from('\r\n\r\nok');

export async function sendRequests(port: number, path: string, count: number): Promise<void> {
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nUser-Agent: telltale-bench\r\n\r\n`);
  let left = count;
  const sendNext = (socket: Socket): void => {
    if (left === 0) {
      socket.end();
      return;
    }
    left -= 1;
    socket.write(request);
  };
  await Promise.all(Array.from({ length: connections }, () => keepSending(port, sendNext)));
}

async function keepSending(port: number, sendNext: (socket: Socket) => void): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let tail = Buffer.alloc(0);
  socket.on('connect', () => sendNext(socket));
  socket.on('data', (chunk) => {
    tail = chunk.length >= responseEnd.length ? chunk : Buffer.concat([tail, chunk]);
    if (tail.subarray(-responseEnd.length).equals(responseEnd)) sendNext(socket);
  });
  await once(socket, 'close');
}
