/** Where Alertmanager sends the demo's notifications: a webhook on the loopback interface that keeps the last of them. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface Notification {
  readonly at: Date;
  readonly status: 'firing' | 'resolved';
  readonly alert: string;
  readonly service: string;
}

export interface Inbox {
  readonly url: string;
  /** Newest first. */
  latest(): readonly Notification[];
  stop(): Promise<void>;
}

interface WebhookMessage {
  readonly alerts: readonly {
    readonly status: 'firing' | 'resolved';
    readonly labels: Readonly<Record<string, string>>;
  }[];
}

const kept = 4;

export async function startInbox(): Promise<Inbox> {
  let notifications: readonly Notification[] = [];
  const keep = async (request: IncomingMessage): Promise<number> => {
    try {
      notifications = [...(await read(request)), ...notifications].slice(0, kept);
      return 204;
    } catch {
      return 400;
    }
  };
  const server = createServer((request, response) => {
    void keep(request).then((status) => response.writeHead(status).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    latest: () => notifications,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Notification[]> {
  const { alerts } = (await json(request)) as WebhookMessage;
  return alerts.map(({ status, labels }) => ({
    at: new Date(),
    status,
    alert: labels['alertname'] ?? '',
    service: labels['service'] ?? '',
  }));
}
