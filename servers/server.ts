/** What all servers have in common: an address, a log, an end, and the faults of a drill. */
import { provide } from './provide.ts';
import type { ToolName } from './all-tools.ts';
import type { Tool } from './find-tool.ts';
import { freePort } from './process/free-ports.ts';
import type { Exit, RunningProcess } from './process/running-process.ts';
import { startProcess, type ProcessOptions } from './process/start-process.ts';

/** A server that runs on the loopback address. */
export interface Server {
  readonly name: string;
  /** Where it answers; for a database its connection string. */
  readonly url: string;
  readonly port: number;
  /** Of the process that runs now: changes with `restart()`. */
  readonly pid: number;
  /** False while it has ended, by itself or by `kill()`, and not been restarted. */
  readonly isRunning: boolean;
  /** Settles when the process that runs now has ended. */
  readonly exited: Promise<Exit>;
  log(): string;
  /** Ends it and removes what it kept in temporary folders. Can be called twice. */
  stop(): Promise<void>;
  /** Ends it as a crash would (SIGKILL); its data stays, so that `restart()` can follow. */
  kill(): Promise<void>;
  /** Freezes it: connections are accepted by the kernel, nothing answers. */
  pause(): void;
  resume(): void;
  /** Ends it if it runs, and starts it again on the same port with the same data; resolves when it is ready. */
  restart(): Promise<void>;
}

export interface ServerOptions extends ProcessOptions {
  readonly url: string;
  readonly port: number;
  /** Called by `stop()` once it has ended, e.g. to remove its temporary folder. */
  readonly afterStop?: () => Promise<void>;
}

/** What every start function takes. */
export interface CommonOptions {
  /** The program to run. @default what `provide()` finds */
  readonly tool?: Tool;
  /** @default a free one */
  readonly port?: number;
  /** Added to its command line. */
  readonly flags?: readonly string[];
}

/** Starts a server's process and wraps it. */
export async function startServer(options: ServerOptions): Promise<Server> {
  let running: RunningProcess;
  let turn = Promise.resolve();
  // What is being restarted has to be there before it can be stopped.
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };
  try {
    running = await startProcess(options);
  } catch (error) {
    await options.afterStop?.();
    throw error;
  }
  return {
    name: options.name,
    url: options.url,
    port: options.port,
    get pid() {
      return running.pid;
    },
    get isRunning() {
      return running.isRunning;
    },
    get exited() {
      return running.exited;
    },
    log: () => running.log(),
    stop: () =>
      inTurn(async () => {
        await running.stop();
        await options.afterStop?.();
      }),
    kill: () => running.kill(),
    pause: () => running.pause(),
    resume: () => running.resume(),
    restart: () =>
      inTurn(async () => {
        await running.stop();
        running = await startProcess(options);
      }),
  };
}

/** The tool and port a start function was given, or found ones. */
export async function toolAndPort(name: ToolName, options: CommonOptions): Promise<{ tool: Tool; port: number }> {
  const [tool, port] = await Promise.all([options.tool ?? provide(name), options.port ?? freePort()]);
  return { tool, port };
}
