/** Visitors who do not keep to the rules: they leave in the middle, are slow, or do not speak HTTP. */
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { seedToken } from '../api/database/seed.ts';
import type { World } from './world.ts';

export interface Misbehaviour {
  readonly name: string;
  /** The route of the api it ends at, as `listRoutes()` names it; null for what ends at none. */
  readonly route: string | null;
  readonly weight: number;
  /** Resolves when it is over; ends early with the signal. */
  run(api: URL, world: World, signal: AbortSignal): Promise<void>;
}

/** Larger than all the header lines a server accepts together. */
const hugeHeader = 'x'.repeat(20_000);

export const misbehaviours: readonly Misbehaviour[] = [
  {
    name: 'leaves in the middle of a download',
    route: 'GET /lessons/:lessonId/handout',
    weight: 2,
    run: (api, world, signal) =>
      exchange(api, { path: `/lessons/${44 + world.upTo(4)}/handout`, signal, onHeaders: (stop) => stop() }),
  },
  {
    name: 'leaves in the middle of an upload',
    route: 'PUT /assignments/:assignmentId/attachment',
    weight: 2,
    run: (api, world, signal) =>
      exchange(api, {
        path: `/assignments/${world.assignmentId()}/attachment`,
        method: 'PUT',
        headers: { authorization: `Bearer ${seedToken(1)}`, 'content-length': '5000' },
        signal,
        send: async (write, stop) => {
          write('Half a work');
          await sleep(100);
          stop();
        },
      }),
  },
  {
    name: 'writes slowly',
    route: 'PUT /assignments/:assignmentId/attachment',
    weight: 1,
    run: (api, world, signal) =>
      exchange(api, {
        path: `/assignments/${world.assignmentId()}/attachment`,
        method: 'PUT',
        headers: { authorization: `Bearer ${seedToken(2)}`, 'content-length': '40' },
        signal,
        send: async (write) => {
          for (let part = 0; part < 4; part += 1) {
            write('ten bytes ');
            await sleep(150);
          }
        },
      }),
  },
  {
    name: 'watches a live course for a while',
    route: 'GET /courses/:courseId/live',
    weight: 4,
    run: (api, world, signal) =>
      exchange(api, {
        path: `/courses/${world.upTo(12)}/live`,
        signal,
        onHeaders: (stop) => void sleep(1_000 + world.upTo(5_000), undefined, { ref: false }).then(stop),
      }),
  },
  {
    name: 'does not speak HTTP',
    route: null,
    weight: 1,
    run: (api) => sendRaw(api, 'HELLO, is this the school?\r\n\r\n'),
  },
  {
    name: 'sends too many headers',
    route: null,
    weight: 1,
    run: (api) => sendRaw(api, `GET / HTTP/1.1\r\nHost: classroom\r\nX-Huge: ${hugeHeader}\r\n\r\n`),
  },
];

interface Exchange {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Writes the body; without it, there is none. */
  readonly send?: (write: (text: string) => void, stop: () => void) => Promise<void>;
  /** Called when the answer begins. */
  readonly onHeaders?: (stop: () => void) => void;
}

/** One request on a connection of its own; resolves when the connection is closed, however it ended. */
function exchange(api: URL, { path, method = 'GET', headers = {}, signal, send, onHeaders }: Exchange): Promise<void> {
  return new Promise((resolve) => {
    const outgoing = request(new URL(path, api), { method, headers, agent: false, signal });
    const stop = (): void => void outgoing.destroy();
    outgoing.once('response', (response) => {
      response.on('error', () => {});
      onHeaders?.(stop);
      // A visitor who leaves at once has not read anything.
      if (!outgoing.destroyed) response.resume();
    });
    outgoing.on('error', () => {});
    outgoing.once('close', resolve);
    if (send === undefined) outgoing.end();
    else void send((text) => outgoing.write(text), stop).then(() => outgoing.end());
  });
}

function sendRaw(api: URL, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(api.port || 80), api.hostname, () => socket.end(text));
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('error', () => {});
    socket.resume();
    socket.once('close', () => resolve());
  });
}
