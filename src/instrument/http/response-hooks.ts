/**
 * Express gives all its responses one prototype: a method there tells when headers are sent. Node itself announces when a
 * response is over. A listener or a method on each response would cost more than all the counting, as each lookup on an
 * object whose prototype was swapped goes through V8's runtime. Node's own prototypes are left alone.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { closeNotes, notesOfConnection, notesOnConnection, type RequestNotes } from '../../routes/request-notes.ts';
import { endWithEvent } from './end.ts';
import { noteEnd } from './exchange.ts';
import { followByItself, notingAfter, type WriteHead } from './response-methods.ts';

/** Node says here that a response has been handed over to the system, whatever its prototype is by then. */
const finishChannel = 'http.server.response.finish';

interface Finished {
  readonly response: ServerResponse;
  readonly socket: Socket;
}

const hookOf = Symbol.for('telltale.response-hook');

interface Library {
  writeHead: WriteHead;
  [hookOf]?: ResponseHook | undefined;
}

/** The hooked prototypes of one recorder; several recorders share a hook. */
export class ResponseHooks {
  readonly #hooked = new Map<Library, ResponseHook>();
  /** What most responses have for a prototype: it, or one above it, is hooked. */
  #usual: object | undefined;
  #usualHook: ResponseHook | undefined;

  /** The hook that tells of this response; undefined where none can. */
  of(response: ServerResponse): ResponseHook | undefined {
    const prototype = Object.getPrototypeOf(response) as object;
    const hook = prototype === this.#usual ? this.#usualHook : this.#find(prototype);
    // Whoever has put a method on this response before need not call ours.
    if (hook !== undefined && Object.hasOwn(response, 'writeHead')) followByItself(response);
    return hook;
  }

  dispose(): void {
    for (const hook of this.#hooked.values()) hook.leave();
    this.#hooked.clear();
    this.#usual = undefined;
    this.#usualHook = undefined;
  }

  #find(prototype: object): ResponseHook | undefined {
    const library = libraryPrototype(prototype);
    const hook = library && (this.#hooked.get(library) ?? this.#join(library));
    if (hook === undefined) return undefined;
    this.#usual = prototype;
    this.#usualHook = hook;
    return hook;
  }

  #join(library: Library): ResponseHook | undefined {
    try {
      const known = Object.hasOwn(library, hookOf) ? library[hookOf] : undefined;
      const hook = known ?? new ResponseHook(library);
      hook.join();
      this.#hooked.set(library, hook);
      return hook;
    } catch {
      // Frozen.
      return undefined;
    }
  }
}

/** The last prototype before the one whose `writeHead()` it is; undefined for a response of Node itself. */
function libraryPrototype(prototype: object): Library | undefined {
  let below: object | undefined;
  for (let each: object | null = prototype; each !== null; each = Object.getPrototypeOf(each) as object | null) {
    if (Object.hasOwn(each, hookOf)) return each as Library;
    if (Object.hasOwn(each, 'writeHead')) return below as Library | undefined;
    below = each;
  }
  return undefined;
}

/** On one prototype, as long as a recorder wants it there. */
class ResponseHook {
  readonly #library: Library;
  readonly #ours: WriteHead;
  readonly #sockets = new Set<Socket>();
  readonly #onFinish = (message: unknown): void => {
    const { response, socket } = message as Finished;
    const notes = notesOfConnection(socket, response);
    if (notes !== undefined && notes.watcher === this && !notes.isOver) this.#over(notes);
  };
  #users = 0;
  /** Its notes are kept until the next response is over: who logs a request does it in its last events. */
  #latest: RequestNotes | undefined;

  constructor(library: Library) {
    this.#library = library;
    this.#ours = notingAfter(library.writeHead);
    for (const [name, value] of [['writeHead', this.#ours] as const, [hookOf, this] as const]) {
      Object.defineProperty(library, name, { value, writable: true, configurable: true });
    }
    subscribe(finishChannel, this.#onFinish);
  }

  join(): void {
    this.#users += 1;
  }

  /** The last one takes the method away, and the listeners of connections. */
  leave(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    const library = this.#library as Partial<Library>;
    library[hookOf] = undefined;
    // Another's method on top of ours goes on calling it, which does no harm.
    if (library.writeHead === this.#ours) delete library.writeHead;
    unsubscribe(finishChannel, this.#onFinish);
    for (const socket of this.#sockets) release(socket);
    this.#sockets.clear();
  }

  /** For responses that are cut off: their connection tells, one hook of those that it passes. */
  watch(socket: Socket, notes: RequestNotes): void {
    if (notes.watcher !== undefined) return;
    notes.watcher = this;
    this.#sockets.add(socket);
    socket.on('close', endWithSocket);
  }

  unwatch(socket: Socket): void {
    this.#sockets.delete(socket);
  }

  #over(notes: RequestNotes): void {
    noteEnd(notes, true);
    notes.isOver = true;
    const before = this.#latest;
    this.#latest = notes;
    if (before !== undefined && before !== notes && before.isOver) closeNotes(before);
  }
}

/** One listener for all connections. */
function endWithSocket(this: Socket): void {
  const notes = notesOnConnection(this);
  if (notes === undefined) return;
  (notes.watcher as ResponseHook | undefined)?.unwatch(this);
  notes.watcher = undefined;
  const { response } = notes;
  if (response !== undefined && !notes.isOver) noteEnd(notes, response.writableFinished);
  closeNotes(notes);
}

/** A response that is under way still tells of its end by itself. */
function release(socket: Socket): void {
  socket.off('close', endWithSocket);
  const notes = notesOnConnection(socket);
  if (notes === undefined) return;
  notes.watcher = undefined;
  if (notes.isOver) closeNotes(notes);
  else if (notes.response !== undefined) endWithEvent(notes.response);
}
