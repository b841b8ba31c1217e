/** How a request has ended. */
import { performance } from 'node:perf_hooks';
import type { Exchange } from './exchange.ts';

/** The client went away before any answer: nginx's number for it. */
const clientClosedRequest = 499;

/** As sent; 499 where nothing was. */
export function statusOf({ status, response }: Exchange): number {
  return status !== 0 ? status : response.headersSent ? response.statusCode : clientClosedRequest;
}

export function secondsSince(exchange: Exchange): number {
  return (performance.now() - exchange.startMillis) / 1_000;
}
