/** How a page and the threads of its process find each other: by a channel that all of them hear. */
import type * as threads from 'node:worker_threads';
import { TelltaleError } from '../../errors.ts';
import { typeOf } from './workers-message.ts';

export interface ThreadReady {
  readonly type: 'telltale:thread-ready';
  readonly group: string;
}

/** Asks every thread of the group for a port. */
export interface ThreadsCall {
  readonly type: 'telltale:threads-call';
  readonly group: string;
  /** Who calls: a process may have several pages. */
  readonly page: string;
}

/** Sent to the main thread alone. The port closes when the thread ends, however it does. */
export interface ThreadPort {
  readonly type: 'telltale:thread-port';
  readonly page: string;
  readonly port: threads.MessagePort;
}

export interface ThreadChannel {
  readonly send: (message: ThreadReady | ThreadsCall) => void;
  readonly close: () => void;
}

type WorkerThreads = typeof threads;

/** What is used of a BroadcastChannel: the types of Node know neither its events nor `unref()`. */
interface Broadcasts {
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
  unref(): void;
  close(): void;
}

/** Never keeps a process or a thread alive. */
export function openChannel(onMessage: (message: unknown) => void): ThreadChannel {
  const channel = new (workerThreads().BroadcastChannel)('telltale.threads') as unknown as Broadcasts;
  channel.addEventListener('message', ({ data }) => onMessage(data));
  channel.unref();
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A channel has no origin, unlike a window.
    send: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}

export function isReady(message: unknown, group: string): message is ThreadReady {
  return typeOf(message) === 'telltale:thread-ready' && (message as ThreadReady).group === group;
}

export function isCall(message: unknown, group: string): message is ThreadsCall {
  return typeOf(message) === 'telltale:threads-call' && (message as ThreadsCall).group === group;
}

export function isPort(message: unknown, page: string): message is ThreadPort {
  return typeOf(message) === 'telltale:thread-port' && (message as ThreadPort).page === page;
}

/** @throws TELLTALE_OPTION in a Node whose threads cannot reach the main thread */
export function workerThreads(): WorkerThreads {
  const threads = process.getBuiltinModule('node:worker_threads') as Partial<WorkerThreads>;
  if (isComplete(threads)) return threads;
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `Cannot use aggregateThreads() as Node ${process.version} has no postMessageToThread() in node:worker_threads`,
    { fix: 'run Node 20.19 or a later 20, or Node 22.5 or later' },
  );
}

function isComplete(threads: Partial<WorkerThreads>): threads is WorkerThreads {
  return threads.postMessageToThread !== undefined;
}
