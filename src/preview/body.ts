/** The body of a request, up to a limit. */
import type { IncomingMessage } from 'node:http';
import { type Answer, problemAnswer } from './answer.ts';

const limitBytes = 1024 * 1024;

/**
 * Reads a body of one content type.
 * @returns the refusal instead: 415 for another type, 413 above 1 MiB. What comes after the limit is not kept.
 */
export async function bodyOf(request: IncomingMessage, type: string): Promise<Buffer | Answer> {
  const given = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (given !== type) return problemAnswer(415, `Cannot read the body: its content type must be ${type}`);
  const body = await read(request);
  return body ?? problemAnswer(413, 'Cannot read the body: it must be at most 1 MiB');
}

function read(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    request.once('end', () => resolve(bytes <= limitBytes ? Buffer.concat(chunks) : undefined));
    request.once('error', reject);
  });
}
