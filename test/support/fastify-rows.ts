/** What a row of Fastify's route table is, and the handlers that rows are built from. */
import type { FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import type { RequestPlan } from './express-server.ts';
import type { App, FastifyLine } from './fastify-lines.ts';

export interface FastifyRow {
  readonly name: string;
  readonly options?: FastifyServerOptions;
  readonly build: (app: App, line: FastifyLine) => unknown;
  readonly send: RequestPlan | readonly RequestPlan[];
  readonly expected: readonly string[];
  readonly only?: (line: FastifyLine) => boolean;
}

export type Done = (error?: Error) => void;

export const ok = async (): Promise<string> => 'ok';
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
export const answer =
  (status: number) =>
  (_request: FastifyRequest, reply: FastifyReply): void => {
    void reply.code(status).send('x');
  };
/** A hook that answers. */
export const refuse =
  (status: number) =>
  (_request: FastifyRequest, reply: FastifyReply, _done: Done): void => {
    void reply.code(status).send('no');
  };
export const failHook = (_request: FastifyRequest, _reply: FastifyReply, done: Done): void => done(new Error('boom'));
export const failPayloadHook = (_request: unknown, _reply: unknown, _payload: unknown, done: Done): void =>
  done(new Error('boom'));
export const trickle = (_request: FastifyRequest, reply: FastifyReply): void => {
  reply.hijack();
  reply.raw.write('x');
};
