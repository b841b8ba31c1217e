/** Runs a program to its end and collects what it says. */
import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly cwd?: string;
  /** Added to this process's environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Written to its standard input, which is closed at once otherwise. */
  readonly input?: string;
  /** @default 60000 */
  readonly timeoutMillis?: number;
  readonly user?: { readonly uid: number; readonly gid: number };
}

export interface CommandResult {
  /** The exit code; -1 when it was killed (e.g. at the timeout) or could not be started. */
  readonly code: number;
  readonly stdout: string;
  /** Standard output and standard error, in the order they came. */
  readonly output: string;
}

/** Runs a command without a shell. Never rejects: a program that cannot be started gives code -1 and says why in `output`. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const stdout: Buffer[] = [];
    const all: Buffer[] = [];
    const finish = (code: number, note = ''): void =>
      resolve({ code, stdout: Buffer.concat(stdout).toString(), output: Buffer.concat(all).toString() + note });
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      timeout: options.timeoutMillis ?? 60_000,
      killSignal: 'SIGKILL',
      ...options.user,
    });
    child.stdout.on('data', (chunk: Buffer) => void (stdout.push(chunk), all.push(chunk)));
    child.stderr.on('data', (chunk: Buffer) => void all.push(chunk));
    child.on('error', (error) => finish(-1, error.message));
    child.on('close', (code, signal) => finish(code ?? -1, signal === null ? '' : `\nkilled by ${signal}`));
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}
