/** How a response has ended, for those who only have the response: the same as in the metrics. */
import type { ServerResponse } from 'node:http';

/** The client went away before any answer: nginx's number for it. */
const clientClosedRequest = 499;

/** What Node keeps of what it has sent, over HTTP/1 and HTTP/2. */
interface SentByNode {
  readonly _header?: string | null;
  readonly stream?: {
    readonly aborted: boolean;
    readonly sentHeaders?: Readonly<Record<string, unknown>>;
  };
}

/** As sent, whatever was set afterwards; 499 where nothing was. */
export function statusSent(response: ServerResponse): number {
  if (!response.headersSent) return clientClosedRequest;
  const { _header: header, stream } = response as unknown as SentByNode;
  const [, inLine] = /^HTTP\/\d\.\d (\d{3})/.exec(header ?? '') ?? [];
  return Number(inLine ?? stream?.sentHeaders?.[':status'] ?? response.statusCode);
}

/** In the words of `http_requests_aborted_total`; undefined for a response that went out whole. */
export function abortedPhase(response: ServerResponse): 'before_headers' | 'mid_stream' | undefined {
  const { stream } = response as unknown as SentByNode;
  // A stream of HTTP/2 that is cut is ended by Node, so that only `aborted` tells it from one that was complete.
  const isWhole = stream === undefined ? response.writableFinished : !stream.aborted;
  if (isWhole) return undefined;
  return response.headersSent ? 'mid_stream' : 'before_headers';
}
