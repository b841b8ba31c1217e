/**
 * The fault switches over HTTP: `GET /faults`, and `POST /faults/:name` with `{ "on": true, ...parameters }`.
 *
 * A port of its own on the loopback address, so that no route of the public service leads here. A JSON content type is asked
 * for, because a browser will not send one to another origin unasked: no web page can flip a switch.
 */
import express, { type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import { createServer, type Server } from 'node:http';
import { FaultError, type Switchboard } from './switchboard.ts';

export function adminServer(switchboard: Switchboard): Server {
  const app = express();
  app.use(onlyLoopback, onlyJson, express.json());
  app.get('/faults', (_request, response) => void response.json(switchboard.list()));
  app.post('/faults/:name', (request, response) => {
    const { on, ...parameters } = (request.body ?? {}) as { readonly on?: unknown } & Record<string, number>;
    if (typeof on !== 'boolean') return refuse(response, 400, 'The body must say { "on": true } or { "on": false }.');
    if (on) switchboard.turnOn(request.params.name, parameters);
    else switchboard.turnOff(request.params.name);
    response.json(switchboard.list().find(({ name }) => name === request.params.name));
  });
  app.use(answerFaultError);
  return createServer(app);
}

/** Whether an address of a socket is this machine's own. */
export function isLoopback(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address ?? '');
}

const onlyLoopback: RequestHandler = (request, response, next) => {
  if (isLoopback(request.socket.remoteAddress)) next();
  else refuse(response, 403, 'Faults are switched from this machine only.');
};

const onlyJson: RequestHandler = (request, response, next) => {
  if (request.method !== 'POST' || request.is('application/json') !== false) next();
  else refuse(response, 415, 'The body must be JSON.');
};

const answerFaultError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (error instanceof FaultError) refuse(response, 400, error.message);
  else next(error);
};

function refuse(response: Response, status: number, error: string): void {
  response.status(status).json({ error });
}
