/** A thread's side: gives the main thread a port, and answers on it. */
import type { MessagePort } from 'node:worker_threads';
import type { Registry } from '../metrics/client.ts';
import { isCall, openChannel, type ThreadPort, workerThreads } from './threads-message.ts';
import { answerTo, lastMetrics } from './workers-answer.ts';
import { isRequest } from './workers-message.ts';

const mainThreadId = 0;

/** Gives what stops it. */
export function answerMainThread(registry: Registry, group: string): () => void {
  const { MessageChannel, postMessageToThread } = workerThreads();
  const pages = new Set<string>();
  const ports = new Set<MessagePort>();
  const give = (page: string): void => {
    const { port1, port2 } = new MessageChannel();
    const message: ThreadPort = { type: 'telltale:thread-port', page, port: port2 };
    answerOn(port1, registry);
    ports.add(port1);
    port1.on('close', () => ports.delete(port1));
    // The main thread may be gone by now, or its page: it will call again.
    postMessageToThread(mainThreadId, message, [port2]).catch(() => pages.delete(page) && port1.close());
  };
  const channel = openChannel((message) => {
    if (!isCall(message, group) || pages.has(message.page)) return;
    pages.add(message.page);
    give(message.page);
  });
  const handIn = async (): Promise<void> => {
    const last = await lastMetrics(registry);
    if (last !== undefined) for (const port of ports) port.postMessage(last);
  };
  const onEnd = (): void => void handIn();
  process.once('beforeExit', onEnd);
  channel.send({ type: 'telltale:thread-ready', group });
  return () => {
    process.off('beforeExit', onEnd);
    channel.close();
    for (const port of ports) port.close();
  };
}

function answerOn(port: MessagePort, registry: Registry): void {
  port.on('message', (message: unknown) => {
    if (isRequest(message)) void answerTo(message, registry).then((answer) => port.postMessage(answer));
  });
  port.unref();
}
