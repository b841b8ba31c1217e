/** Responses that wait for their turn on a connection never hear of its end: they are told here. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { markPipelined } from './sizes.ts';

type End = (this: ServerResponse) => void;

const waiting = Symbol.for('telltale.waiting-responses');

interface WaitedOnSocket extends Socket {
  [waiting]?: Set<ServerResponse>;
}

/** Calls `end` on the response when its connection ends before it. One listener per connection, however many wait. */
export function endWithConnection(socket: WaitedOnSocket, response: ServerResponse, end: End): void {
  const responses = (socket[waiting] ??= watch(socket, end));
  responses.add(response);
  response.once('close', () => responses.delete(response));
}

function watch(socket: Socket, end: End): Set<ServerResponse> {
  const responses = new Set<ServerResponse>();
  markPipelined(socket);
  socket.once('close', () => {
    for (const response of responses) end.call(response);
  });
  return responses;
}
