/** What is used of Express 4, Express 5 and router 2, structurally: several copies of each may be loaded. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A path as it was given to Express: text, a RegExp, or (nested) arrays of both. */
export type RawPath = string | RegExp | readonly RawPath[];

export interface RouteLike {
  readonly path: RawPath;
  /** Lower-case methods that have a handler; `_all` after `.all()`. */
  readonly methods: Readonly<Record<string, boolean | undefined>>;
}

/** Answers with what it matched of a path, or false. */
export type MatcherLike = (path: string) => false | { readonly path: string; readonly params: object };

export interface LayerLike {
  readonly handle: HandlerLike;
  readonly route?: RouteLike | undefined;
  /** Express 4. */
  readonly regexp?: RegExp & { readonly fast_slash?: boolean; readonly fast_star?: boolean };
  readonly keys?: readonly { readonly name: string | number }[];
  /** router >= 2.3 */
  readonly rawPath?: RawPath;
  /** router 2 */
  readonly matchers?: readonly MatcherLike[];
  readonly slash?: boolean;
}

export interface RouterLike {
  readonly stack: readonly LayerLike[];
  readonly caseSensitive?: boolean | undefined;
  use(handler: (request: RequestLike, response: ServerResponse, next: () => void) => void): unknown;
}

/** What a layer calls: a function of the application, a Router, or an app used as a handler. */
export type HandlerLike = ((...args: never[]) => unknown) & Partial<RouterLike> & Partial<AppLike> & Wrapper;

/** Set by shimmer and by OpenTelemetry's instrumentations. */
interface Wrapper {
  readonly __original?: HandlerLike;
}

export interface AppLike {
  readonly parent?: AppLike | undefined;
  /** Express 4: undefined until the first route or middleware. */
  readonly _router?: RouterLike | undefined;
  /** Express 4 only. */
  readonly lazyrouter?: unknown;
  /** Express 5. A getter that throws in Express 4. */
  readonly router?: RouterLike;
}

export interface RequestLike extends IncomingMessage {
  readonly app?: AppLike;
  readonly route?: RouteLike | undefined;
  readonly baseUrl?: string | undefined;
  readonly originalUrl?: string | undefined;
}

/** The router of an app; undefined where the app has none yet. */
export function routerOf(app: AppLike): RouterLike | undefined {
  return app.lazyrouter === undefined ? app.router : app._router;
}

/** The app that listens, seen from one that is mounted in it. */
export function rootOf(app: AppLike): AppLike {
  let root = app;
  while (root.parent !== undefined) root = root.parent;
  return root;
}

/** What a layer calls, also where an instrumentation has wrapped it: the usual wrappers keep the original. */
export function handlerOf(layer: LayerLike): HandlerLike {
  let handle = layer.handle;
  while (handle.__original !== undefined) handle = handle.__original;
  return handle;
}

/** The router behind a layer: a Router, or an app that was given to a Router's `use()`. */
export function routerBehind(handle: HandlerLike): RouterLike | undefined {
  if (Array.isArray(handle.stack)) return handle as unknown as RouterLike;
  const isApp = 'lazyrouter' in handle || ('router' in handle && 'mountpath' in handle);
  return isApp ? routerOf(handle) : undefined;
}

/** Path of a URL, without the query, and without scheme and host where a proxy sent them. */
export function pathnameOf(url: string): string {
  const end = url.indexOf('?');
  const path = end === -1 ? url : url.slice(0, end);
  if (path.startsWith('/')) return path;
  const scheme = path.indexOf('://');
  const start = scheme === -1 ? -1 : path.indexOf('/', scheme + 3);
  return start === -1 ? '/' : path.slice(start);
}
