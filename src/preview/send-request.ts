/** Sends a request over a connection that may have been kept open, and waits for the headers of the answer. */
import type { ClientRequest, IncomingMessage } from 'node:http';
import { silentCode } from './upstream-failure.ts';

/**
 * Sends once more when a kept connection turns out to have been closed meanwhile, e.g. by a restart: the server has not
 * seen the request then.
 * @param open makes the request, unsent
 */
export async function sendRequest(open: () => ClientRequest, body: Buffer | undefined): Promise<IncomingMessage> {
  const request = open();
  try {
    return await answerTo(request, body);
  } catch (error) {
    const isStale = request.reusedSocket && error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
    if (isStale) return sendRequest(open, body);
    throw error;
  }
}

function answerTo(request: ClientRequest, body: Buffer | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
    request.once('timeout', () => request.destroy(Object.assign(new Error('silent'), { code: silentCode })));
    request.end(body);
  });
}
