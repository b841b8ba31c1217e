/** Builds a random tree as an Express app. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExpressLine } from './express-lines.ts';
import type { App, Next } from './express-rows.ts';
import type { Behaviour, ErrorBehaviour, MountNode, TreeLayer, TreePath } from './route-tree.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, next: Next) => void;
type ErrorHandler = (error: unknown, request: IncomingMessage, response: ServerResponse, next: Next) => void;
type Path = string | RegExp;

/** An app or a Router, as far as a tree is built on it. */
interface Buildable {
  use(path: Path | readonly Path[], handler: unknown): unknown;
  use(handler: unknown): unknown;
  get(path: readonly Path[], ...handlers: readonly Handler[]): unknown;
  post(path: readonly Path[], ...handlers: readonly Handler[]): unknown;
  all(path: readonly Path[], ...handlers: readonly Handler[]): unknown;
}

export function buildTree(app: App, layers: readonly TreeLayer[], line: ExpressLine): void {
  const target = app as unknown as Buildable;
  for (const layer of layers) {
    if (layer.kind === 'route') {
      const paths = layer.paths.map((path) => pathOf(path, line, true));
      target[layer.method](paths, ...layer.handlers.map(handlerOf));
    } else if (layer.kind === 'middleware') use(target, layer.path, handlerOf(layer.behaviour), line);
    else if (layer.kind === 'error') use(target, layer.path, errorHandlerOf(layer.behaviour), line);
    else useInner(target, layer, line);
  }
}

function use(target: Buildable, path: TreePath | undefined, handler: Handler | ErrorHandler, line: ExpressLine): void {
  if (path === undefined) target.use(handler);
  else target.use(pathOf(path, line, false), handler);
}

function useInner(target: Buildable, { kind, mounts, layers }: MountNode, line: ExpressLine): void {
  const inner = kind === 'app' ? quiet(line.express()) : line.express.Router();
  buildTree(inner as App, layers, line);
  for (const paths of mounts) target.use(oneOrAll(paths.map((path) => pathOf(path, line, false))), inner);
}

/** `/` in an array is not the same as `/`. */
function oneOrAll(paths: readonly Path[]): Path | readonly Path[] {
  const [only] = paths;
  return paths.length === 1 && only !== undefined ? only : paths;
}

/** Setting this header after an answer fails, and Express then breaks the connection. */
function quiet(app: App): App {
  return app.disable('x-powered-by');
}

function pathOf(path: TreePath, { everything }: ExpressLine, whole: boolean): Path {
  if (path.kind === 'everything') return everything;
  if (path.kind === 'regexp') return whole ? /^\/m(\d+)\/?$/ : /^\/m(\d+)/;
  return path.segments.length === 0 ? '/' : path.segments.map((segment) => `/${segment}`).join('');
}

function handlerOf(behaviour: Behaviour): Handler {
  return (request, response, next) => {
    // Answered already: `send-next` of somebody before.
    if (response.headersSent) next();
    else if ('status' in behaviour) answer(request, response, next, behaviour);
    else if (behaviour.does === 'throw') throw new Error('of a random tree');
    else if (behaviour.does === 'next') next();
    else next(behaviour.does === 'next-error' ? new Error('of a random tree') : behaviour.does);
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  next: Next,
  { does, status }: Extract<Behaviour, { status: number }>,
): void {
  const end = (): void => {
    response.statusCode = status;
    response.end();
  };
  if (does === 'later') setImmediate(end);
  else end();
  // Express itself breaks the connection where its answer to OPTIONS comes second.
  if (does === 'send-next' && request.method !== 'OPTIONS') next();
}

function errorHandlerOf(behaviour: ErrorBehaviour): ErrorHandler {
  return (error, _request, response, next) => {
    if (behaviour.does === 'answer') {
      response.statusCode = behaviour.status;
      response.end();
    } else if (behaviour.does === 'throw') throw error;
    else next(behaviour.does === 'pass' ? error : undefined);
  };
}
