/** Lets faults answer the liveness endpoint in its place. */
import type { RequestHandler, Response } from 'express';
import type { Seam } from './seam.ts';

export function interceptHealth(seam: Seam<[Response]>): RequestHandler {
  return async (_request, response, next) => {
    await seam.run(response);
    if (!response.headersSent) next();
  };
}
