/** The last two middlewares of an app: what nobody answered, and what somebody threw. */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { toHttpError } from './http-error.ts';

export const notFound: RequestHandler = (_request, response) => {
  response.status(404).json({ error: 'There is nothing here.' });
};

export const answerError: ErrorRequestHandler = (error: unknown, request, response, next) => {
  const { status, message } = toHttpError(error);
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  if (response.headersSent) return next(error);
  response.status(status).json({ error: message });
};
