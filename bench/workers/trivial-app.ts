/** The app that all are measured in: one mounted router, one route with a parameter. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Contestant, Middleware } from '../contestant.ts';
import type { Load } from '../paths.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface App extends Handler {
  readonly request: object;
  readonly response: object;
  disable(setting: string): void;
  use(...handlers: readonly (string | Middleware | Router)[]): void;
}

interface Router {
  get(path: string, handler: Handler): void;
}

interface Express {
  (): App;
  Router(): Router;
}

export const requestPath = '/api/users/42';
/** How those label it that name routes, and those that guess from the URL. */
export const evidence = /\/users\/|\/users\b/;

export function trivialApp(contestant: Contestant, load: Load, middleware?: Middleware, handler = sayOk): App {
  const express = load<Express>(contestant.express);
  const app = express();
  for (const setting of ['etag', 'x-powered-by']) app.disable(setting);
  if (middleware !== undefined) app.use(middleware);
  const router = express.Router();
  router.get('/users/:id', handler);
  app.use('/api', router);
  return app;
}

function sayOk(_request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Content-Type', 'text/plain');
  response.end('ok');
}
