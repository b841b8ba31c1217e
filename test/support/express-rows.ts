/** What a row of the route table is, and the handlers that rows are built from. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExpressLine } from './express-lines.ts';
import type { RequestPlan } from './express-server.ts';

export type App = ReturnType<ExpressLine['express']>;
export type Next = (error?: unknown) => void;

export interface Row {
  readonly name: string;
  readonly build: (app: App, line: ExpressLine) => void;
  readonly send: RequestPlan | readonly RequestPlan[];
  readonly expected: readonly string[];
  /** Where mounts of router 2.2 cannot be read and a request does not tell them. @default expected */
  readonly withoutInspector?: readonly string[];
  readonly only?: (line: ExpressLine) => boolean;
}

export const ok = (_request: IncomingMessage, response: ServerResponse): void => {
  response.end('ok');
};
export const boom = (): never => {
  throw new Error('boom');
};
export const boomLater = async (): Promise<never> => {
  await Promise.resolve();
  throw new Error('boom');
};
export const hang = (): void => {
  // Never answers.
};
export const goOn = (_request: unknown, _response: unknown, next: Next): void => next();
export const answer503 = (_error: unknown, _request: unknown, response: ServerResponse, _next: Next): void => {
  response.statusCode = 503;
  response.end();
};
export const answer =
  (status: number) =>
  (_request: IncomingMessage, response: ServerResponse): void => {
    response.statusCode = status;
    response.end();
  };

export const boomNextTick = (_request: unknown, _response: unknown, next: Next): void => {
  setImmediate(next, new Error('boom'));
};
export const sendAndGoOn = (_request: unknown, response: ServerResponse, next: Next): void => {
  response.end('x');
  next();
};
export const late = (_request: unknown, response: ServerResponse): void => {
  response.statusCode = 404;
};
export const trickle = (_request: unknown, response: ServerResponse): void => {
  response.write('x');
};
export const rewrite = (request: IncomingMessage, _response: unknown, next: Next): void => {
  request.url = '/v2/x/1';
  next();
};
