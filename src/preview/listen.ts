/** Listening, with errors that say what to do. */
import type { Server } from 'node:http';
import { TelltaleError } from '../errors.ts';

interface Advice {
  readonly why: string;
  readonly fix: string;
}

const badHost: Advice = {
  why: 'this machine has no such address',
  fix: 'leave --host out to listen on 127.0.0.1, or name an address of this machine',
};

const advice: Readonly<Record<string, Advice>> = {
  EADDRINUSE: {
    why: 'another program listens there',
    fix: 'choose another port with --port, or 0 for a free one',
  },
  EACCES: { why: 'this user may not listen there', fix: 'choose a port from 1024 up with --port' },
  EADDRNOTAVAIL: badHost,
  ENOTFOUND: badHost,
  EAI_AGAIN: badHost,
};

/** @throws TELLTALE_SERVER when the address or the port cannot be had */
export function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException): void => reject(cannotListen(host, port, cause));
    server.once('error', fail);
    server.listen({ host, port }, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): TelltaleError {
  const { why, fix } = advice[cause.code ?? ''] ?? { why: cause.message, fix: 'choose another --host or --port' };
  return new TelltaleError('TELLTALE_SERVER', `Cannot serve the preview at ${host}, port ${port}: ${why}`, {
    fix,
    cause,
  });
}
