/** Learns when the headers of a response are sent: its `writeHead()` says so after it has run. */
import type { ServerResponse } from 'node:http';
import { noteHeaders } from './http-exchange.ts';

/** `writeHead(status, headers)` or `writeHead(status, reason, headers)`. */
type WriteHead = (this: ServerResponse, status: unknown, reason?: unknown, headers?: unknown) => ServerResponse;

interface HasWriteHead {
  writeHead: WriteHead;
}

/** On a prototype that has our method: how many recorders want it there. */
interface Hook {
  users: number;
  readonly remove: () => void;
}

const hookOf = Symbol.for('telltale.write-head');

interface Hooked extends HasWriteHead {
  [hookOf]?: Hook | undefined;
}

/**
 * Express gives all its responses one prototype, which takes our method once: on each response it would cost a hidden class.
 * Node's own prototypes are left alone, there each response gets the method.
 */
export class HeaderHooks {
  readonly #hooked = new Set<Hooked>();
  /** What most responses have for a prototype: it, or one above it, has the method. */
  #usual: object | undefined;

  follow(response: ServerResponse): void {
    // Whoever has put a method on this response before need not call ours.
    if (Object.hasOwn(response, 'writeHead')) return overrideOn(response);
    const prototype = Object.getPrototypeOf(response) as object;
    if (prototype === this.#usual) return;
    const library = libraryPrototype(prototype);
    if (library === undefined || !this.#hook(library)) return overrideOn(response);
    this.#usual = prototype;
  }

  dispose(): void {
    for (const { [hookOf]: hook } of this.#hooked) {
      if (hook === undefined) continue;
      hook.users -= 1;
      if (hook.users === 0) hook.remove();
    }
    this.#hooked.clear();
    this.#usual = undefined;
  }

  #hook(library: Hooked): boolean {
    if (this.#hooked.has(library)) return true;
    try {
      const hook = Object.hasOwn(library, hookOf) ? library[hookOf] : undefined;
      (hook ?? addHook(library)).users += 1;
    } catch {
      // Frozen.
      return false;
    }
    this.#hooked.add(library);
    return true;
  }
}

/** The last prototype before the one whose `writeHead()` it is; undefined for a response of Node itself. */
function libraryPrototype(prototype: object): Hooked | undefined {
  let below: object | undefined;
  for (let each: object | null = prototype; each !== null; each = Object.getPrototypeOf(each) as object | null) {
    if (Object.hasOwn(each, hookOf)) return each as Hooked;
    if (Object.hasOwn(each, 'writeHead')) return below as Hooked | undefined;
    below = each;
  }
  return undefined;
}

function addHook(library: Hooked): Hook {
  const ours = notingAfter(library.writeHead);
  Object.defineProperty(library, 'writeHead', { value: ours, writable: true, configurable: true });
  const remove = (): void => {
    library[hookOf] = undefined;
    // Another's method on top of ours goes on calling it, which does no harm.
    if (library.writeHead === ours) delete (library as Partial<Hooked>).writeHead;
  };
  const hook = { users: 0, remove };
  Object.defineProperty(library, hookOf, { value: hook, writable: true, configurable: true });
  return hook;
}

function overrideOn(response: ServerResponse): void {
  const own = response as unknown as HasWriteHead;
  if (!Object.hasOwn(response, 'writeHead')) own.writeHead = noteAfterInherited;
  else if (own.writeHead !== noteAfterInherited) own.writeHead = notingAfter(own.writeHead);
}

/** One function for all responses. */
function noteAfterInherited(
  this: ServerResponse,
  status: unknown,
  reason?: unknown,
  headers?: unknown,
): ServerResponse {
  const { writeHead } = Object.getPrototypeOf(this) as HasWriteHead;
  const wholeBytes = wholeBytesOf(this);
  const result = writeHead.call(this, status, reason, headers);
  noteHeaders(this, contentTypeOf(this, headers ?? reason), wholeBytes);
  return result;
}

function notingAfter(original: WriteHead): WriteHead {
  return function writeHead(status, reason, headers) {
    const wholeBytes = wholeBytesOf(this);
    const result = original.call(this, status, reason, headers);
    noteHeaders(this, contentTypeOf(this, headers ?? reason), wholeBytes);
    return result;
  };
}

/** Before the headers are made Node knows the length only if it was `end()` that asked for them, with all there is to send. */
function wholeBytesOf(response: ServerResponse): number | undefined {
  return (response as { readonly _contentLength?: number | null })._contentLength ?? undefined;
}

function contentTypeOf(response: ServerResponse, given: unknown): unknown {
  return response.getHeader('content-type') ?? contentTypeIn(given);
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
