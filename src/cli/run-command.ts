/** Runs somebody else's command to its end, in this terminal. */
import { spawn } from 'node:child_process';
import type { Terminal } from './terminal.ts';

/** It did not end well; the message says how. */
export class CommandFailed extends Error {}

/** Told to end, it tells the command. @throws CommandFailed */
export function runCommand([command = '', ...args]: readonly string[], terminal: Terminal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: terminal.folder, stdio: 'inherit' });
    void terminal.untilInterrupted().then(() => child.kill('SIGTERM'));
    child.once('error', ({ message }) => reject(new CommandFailed(message)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new CommandFailed(`${command} ended ${signal === null ? `with ${code}` : `by ${signal}`}`));
    });
  });
}
