/** Starts a program that keeps running, and waits until it is ready. */
import { spawn } from 'node:child_process';
import { TelltaleError } from '../../src/errors.ts';
import { processLog } from './process-log.ts';
import { runningProcess, type Exit, type RunningProcess, type StopOptions } from './running-process.ts';
import { untilReady, type Readiness } from './until-ready.ts';

export interface ProcessOptions extends StopOptions {
  /** What to call it in messages. */
  readonly name: string;
  readonly command: string;
  readonly args?: readonly string[];
  /** Added to this process's environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** A URL that answers 200, a pattern in its log, or a question to ask until it says true. */
  readonly ready: Readiness;
  /** How long it may take to become ready, in milliseconds. @default 30000 */
  readonly timeoutMillis?: number;
  /** Runs it as another user; only root can. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

const shownLines = 30;

/**
 * Starts a process and resolves when it is ready. It ends with this process, however this one ends.
 * @throws TelltaleError `TELLTALE_SERVER` if it ends early or is not ready in time; shows the end of its log
 * @example const app = await startProcess({ name: 'app', command: 'node', args: ['app.js'], ready: 'http://127.0.0.1:3000/ready' });
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const child = spawn(options.command, options.args ?? [], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    // A group of its own: a terminal's Ctrl-C reaches only us, and we can signal the whole group.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options.user,
  });
  const log = processLog(child);
  const running = runningProcess(options.name, child, log, options);
  const waiting = new AbortController();
  const why = await Promise.race([
    untilReady(options.ready, () => log.text(), options.timeoutMillis ?? 30_000, waiting.signal),
    running.exited.then((exit) => `it ended early (${describeExit(exit)})`),
  ]);
  waiting.abort();
  if (why === undefined) return running;
  await running.kill();
  throw notStarted(options, why, log.text());
}

function notStarted(options: ProcessOptions, why: string, log: string): TelltaleError {
  const lines = log.trimEnd().split('\n').slice(-shownLines);
  const end = log.trim() === '' ? '  (it wrote nothing)' : lines.map((line) => `  ${line}`).join('\n');
  const command = [options.command, ...(options.args ?? [])].join(' ');
  return new TelltaleError(
    'TELLTALE_SERVER',
    `Cannot start ${options.name} as ${why}. The end of its log:\n${end}\nIt was started with: ${command}`,
    { fix: 'see the end of its log in the message' },
  );
}

function describeExit({ code, signal }: Exit): string {
  if (signal !== null) return `killed by ${signal}`;
  return code === null ? 'it could not be run' : `exit code ${code}`;
}
