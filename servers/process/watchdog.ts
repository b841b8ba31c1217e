/**
 * A tiny second process that outlives this one only to clean up after it. It is told what is alive over a pipe; when the
 * pipe closes, for whatever reason (even SIGKILL), it ends what is left and removes the temporary folders.
 */
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/** A process is named by its id, a process group by minus its id, a folder by its path. */
export type Kept = 'process' | 'folder';

export interface Watchdog {
  tell(sign: '+' | '-', kind: Kept, value: string): void;
}

/** Plain script text, as Node 20 runs no TypeScript. Lines look like `+ process -1234` and `- folder /tmp/x`. */
const script = `
const { rmSync } = require('node:fs');
const kept = { process: new Set(), folder: new Set() };
const killAll = () => kept.process.forEach((id) => { try { process.kill(Number(id), 'SIGKILL'); } catch {} });
require('node:readline').createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [, sign, kind, value] = /^([+-]) (process|folder) (.*)$/.exec(line) ?? [];
    if (sign) kept[kind][sign === '+' ? 'add' : 'delete'](value);
  })
  .on('close', () => {
    killAll();
    setTimeout(() => kept.folder.forEach((path) => {
      try { rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }); } catch {}
    }), kept.folder.size > 0 ? 200 : 0);
  });
`;

/** Starts the watchdog in a session of its own, so that Ctrl-C in a terminal does not reach it. */
export function startWatchdog(): Watchdog {
  const child = spawn(process.execPath, ['-e', script], {
    cwd: '/',
    detached: true,
    env: { PATH: process.env['PATH'] },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.unref();
  (child.stdin as Socket).unref();
  return { tell: (sign, kind, value) => void child.stdin.write(`${sign} ${kind} ${value}\n`) };
}
