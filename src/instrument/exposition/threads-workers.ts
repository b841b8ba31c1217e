/** The threads of a process, as its main thread sees them. */
import { randomUUID } from 'node:crypto';
import type { MessagePort } from 'node:worker_threads';
import { isPort, isReady, openChannel } from './threads-message.ts';
import type { Workers, WorkersListener } from './workers-ask.ts';

export interface ThreadWorkers extends Workers {
  readonly dispose: () => void;
}

/** Finds the threads that are there, and those that come. */
export function threadWorkers(group: string): ThreadWorkers {
  const page = randomUUID();
  const ports = new Map<number, MessagePort>();
  const listeners = new Set<WorkersListener>();
  const add = (id: number, port: MessagePort): void => {
    // One port per thread: what a thread counts must not be added up twice.
    ports.get(id)?.close();
    ports.set(id, port);
    port.on('message', (message: unknown) => {
      for (const { onMessage } of listeners) onMessage(id, message);
    });
    port.on('close', () => {
      if (ports.get(id) === port) ports.delete(id);
      for (const { onGone } of listeners) onGone(id);
    });
    port.unref();
  };
  const onPort = (message: unknown, threadId: number): void => {
    if (isPort(message, page)) add(threadId, message.port);
  };
  const call = (): void => channel.send({ type: 'telltale:threads-call', group, page });
  const channel = openChannel((message) => {
    if (isReady(message, group)) call();
  });
  process.on('workerMessage', onPort);
  call();
  return {
    ids: () => [...ports.keys()],
    send: (id, request) => {
      ports.get(id)?.postMessage(request);
      return ports.has(id);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => {
      process.off('workerMessage', onPort);
      channel.close();
      for (const port of ports.values()) port.close();
    },
  };
}
