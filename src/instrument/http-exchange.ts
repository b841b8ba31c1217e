/** One request and its response, from arrival to the end, as one recorder sees it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { currentTrace, type CurrentTrace } from '../correlation/current-trace.ts';
import { type ResolvedRoute, unmatched } from '../routes/resolved-route.ts';
import { endWithConnection } from './http-pipelined.ts';
import { isPipelined } from './http-sizes.ts';
import type { Slot } from './http-slots.ts';

/** Names the route of a request; called when the headers are sent, or at an abort before that. */
export type ResolveRoute = (request: IncomingMessage, response: ServerResponse) => ResolvedRoute;

/** What an exchange reports to. Implemented by the recorder. */
export interface ExchangeListener {
  slotFor(route: ResolvedRoute, method: string | undefined): Slot;
  streamOpened(slot: Slot): void;
  headersSent(exchange: Exchange, slot: Slot): void;
  ended(exchange: Exchange): void;
  /** The request turned out to be none that counts. */
  left(exchange: Exchange): void;
  failed(error: unknown): void;
}

/** Kept on the response, so that two copies of this package see each other's. */
const newest = Symbol.for('telltale.http-exchange');

interface ObservedResponse extends ServerResponse {
  [newest]?: Exchange;
}

export class Exchange {
  readonly listener: ExchangeListener;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly resolve: ResolveRoute;
  /** Of another recorder, on the same response. */
  readonly previous: Exchange | undefined;
  readonly writeHead: ServerResponse['writeHead'];
  readonly startMillis: number;
  readonly sentBefore: number;
  slot: Slot | undefined = undefined;
  /** For exemplars. The end of a response comes outside of its request's context. */
  trace: CurrentTrace | undefined = traceOfNow();
  /** As sent; 0 until then. */
  status = 0;
  isStream = false;
  isOver = false;

  constructor(listener: ExchangeListener, response: ServerResponse, resolve: ResolveRoute, previous?: Exchange) {
    this.listener = listener;
    this.request = response.req;
    this.response = response;
    this.resolve = resolve;
    this.previous = previous;
    // oxlint-disable-next-line typescript/unbound-method -- called with the response as `this`
    this.writeHead = previous === undefined ? response.writeHead : previous.writeHead;
    this.startMillis = performance.now();
    this.sentBefore = this.request.socket.bytesWritten;
  }

  /** The route as it stands now; `unmatched` should the resolver fail. */
  resolveSlot(): Slot {
    try {
      return this.listener.slotFor(this.resolve(this.request, this.response), this.request.method);
    } catch (error) {
      this.listener.failed(error);
      return this.listener.slotFor(unmatched, this.request.method);
    }
  }

  /** Takes the picture that counts: later middleware may still change the status or move the request on. */
  atHeaders(type: unknown): void {
    if (this.slot !== undefined || this.isOver) return;
    // A tracer may begin after the recorder.
    this.trace ??= traceOfNow();
    const slot = this.resolveSlot();
    this.slot = slot;
    this.status = this.response.statusCode;
    if (typeof type === 'string' && type.startsWith('text/event-stream')) {
      this.isStream = true;
      this.listener.streamOpened(slot);
    }
    this.listener.headersSent(this, slot);
  }

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.listener.ended(this);
  }
}

/** A tracer that fails must cost an exemplar, not the request. */
function traceOfNow(): CurrentTrace | undefined {
  try {
    return currentTrace();
  } catch {
    return undefined;
  }
}

/** Begins to observe a response for a listener; undefined where that listener observes it already. */
export function observeExchange(
  listener: ExchangeListener,
  response: ServerResponse,
  resolve: ResolveRoute,
): Exchange | undefined {
  const observed = response as ObservedResponse;
  const previous = observed[newest];
  for (let other = previous; other !== undefined; other = other.previous) {
    if (other.listener === listener) return undefined;
  }
  const exchange = new Exchange(listener, response, resolve, previous);
  observed[newest] = exchange;
  if (previous === undefined) attach(observed, exchange);
  return exchange;
}

/** Takes a request out of every recorder that observes it: for scrapes and probes. */
export function leaveUnrecorded(response: ServerResponse): void {
  for (let each = (response as ObservedResponse)[newest]; each !== undefined; each = each.previous) {
    if (!each.isOver) each.listener.left(each);
  }
}

/** One override and one listener per response, shared by all responses and all recorders. */
function attach(response: ServerResponse, exchange: Exchange): void {
  response.writeHead = writeHeadAndNote;
  response.on('close', endAll);
  if (isPipelined(response)) endWithConnection(exchange.request.socket, response, endAll);
}

function writeHeadAndNote(this: ObservedResponse, status: number, reason?: unknown, headers?: unknown): ServerResponse {
  const exchange = this[newest];
  if (exchange === undefined) return this;
  const result = (exchange.writeHead as (...args: unknown[]) => ServerResponse).call(this, status, reason, headers);
  const type = this.getHeader('content-type') ?? contentTypeIn(headers ?? reason);
  for (let each: Exchange | undefined = exchange; each !== undefined; each = each.previous) each.atHeaders(type);
  return result;
}

/** Headers given to `writeHead()` alone are not kept where `getHeader()` looks. */
function contentTypeIn(headers: unknown): unknown {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const entries = Array.isArray(headers) ? pairsOf(headers) : Object.entries(headers);
  return entries.find(([name]) => String(name).toLowerCase() === 'content-type')?.[1];
}

/** Node takes both `[[name, value], ...]` and `[name, value, ...]`. */
function pairsOf(headers: readonly unknown[]): readonly (readonly [unknown, unknown])[] {
  if (Array.isArray(headers[0])) return headers as readonly (readonly [unknown, unknown])[];
  return headers.flatMap((name, index) => (index % 2 === 0 ? [[name, headers[index + 1]] as const] : []));
}

function endAll(this: ObservedResponse): void {
  for (let each = this[newest]; each !== undefined; each = each.previous) each.end();
}
