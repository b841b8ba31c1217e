/** What a server refuses before any middleware sees it, and the connections that are upgraded past it. */
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { type ClientError, isUnderWay, rejectReasonOf, respondAsNode } from './client-error.ts';
import type { RejectReason } from './client-error.ts';
import type { Routes } from './exchange.ts';
import type { StreamGauge } from './streams.ts';

/** On listeners of ours, so that several recorders know each other's from the application's. */
const ours = Symbol.for('telltale.server-listener');

// oxlint-disable-next-line typescript/no-explicit-any -- what an emitter passes depends on the event
type Listener = (...args: any[]) => void;

export interface ServerWatchOptions {
  readonly onRejected: (reason: RejectReason) => void;
  readonly streams: StreamGauge;
  readonly routeOfUpgrade: (request: IncomingMessage, routes: Routes) => string;
}

/** Attached to a server when its first request comes by; one server object, one set of listeners. */
export class ServerWatch {
  readonly #options: ServerWatchOptions;
  readonly #stops = new Map<Server, () => void>();
  #lastSeen: Server | undefined;

  constructor(options: ServerWatchOptions) {
    this.#options = options;
  }

  /** @param routes Of whoever serves the first request; asked for those of upgrades. */
  watch(socket: Socket, routes: Routes): void {
    const { server } = socket as { readonly server?: Server | null };
    if (server === this.#lastSeen || server === undefined || server === null) return;
    this.#lastSeen = server;
    if (!this.#stops.has(server)) this.#attach(server, routes);
  }

  get servers(): Iterable<Server> {
    return this.#stops.keys();
  }

  dispose(): void {
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
    this.#lastSeen = undefined;
  }

  #attach(server: Server, routes: Routes): void {
    const dropped = own(() => this.#options.onRejected('dropped'));
    const listeners: readonly (readonly [string, Listener])[] = [
      ['drop', dropped],
      ['dropRequest', dropped],
      ['clientError', own((error: ClientError, socket: Socket) => this.#onClientError(server, error, socket))],
      ['close', own(() => this.#forget(server))],
    ];
    for (const [event, listener] of listeners) server.on(event, listener);
    const stopUpgrades = this.#followUpgrades(server, routes);
    this.#stops.set(server, () => {
      for (const [event, listener] of listeners) server.off(event, listener);
      stopUpgrades();
    });
  }

  #forget(server: Server): void {
    this.#stops.get(server)?.();
    this.#stops.delete(server);
    if (this.#lastSeen === server) this.#lastSeen = undefined;
  }

  /** With a listener of its own a server no longer answers by itself: where nobody else listens, we answer as Node does. */
  #onClientError(server: Server, error: ClientError, socket: Socket): void {
    const reason = rejectReasonOf(error);
    if (reason !== undefined && !isUnderWay(socket)) this.#options.onRejected(reason);
    if (!hasForeign(server, 'clientError')) respondAsNode(error, socket);
  }

  /** A server with an `upgrade` listener no longer treats upgrades as requests: ours is there only beside another. */
  #followUpgrades(server: Server, routes: Routes): () => void {
    const { streams, routeOfUpgrade } = this.#options;
    const onUpgrade = own((request: IncomingMessage, socket: Socket) => {
      const route = routeOfUpgrade(request, routes);
      streams.opened(route, 'upgrade');
      socket.once('close', () => streams.closed(route, 'upgrade'));
    });
    const follow = (): void => {
      server.off('upgrade', onUpgrade);
      if (hasForeign(server, 'upgrade')) server.on('upgrade', onUpgrade);
    };
    const onChange = own((event: string | symbol, listener: Listener) => {
      if (event === 'upgrade' && !(ours in listener)) queueMicrotask(follow);
    });
    server.on('newListener', onChange).on('removeListener', onChange);
    follow();
    return () => {
      server.off('newListener', onChange).off('removeListener', onChange).off('upgrade', onUpgrade);
    };
  }
}

function own<T extends Listener>(listener: T): T {
  return Object.assign(listener, { [ours]: true });
}

function hasForeign(server: Server, event: string): boolean {
  return server.listeners(event).some((listener) => !(ours in listener));
}
