/** Requests that Node's parser or its timeouts refuse: why, and the answer Node gives when nobody listens. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { rejectReason } from '../../catalog/labels.ts';

export type RejectReason = (typeof rejectReason.values)[number];

/** What a server passes with `clientError`. */
export type ClientError = Error & { readonly code?: string };

interface Refusal {
  readonly reason: RejectReason;
  readonly statusLine: string;
}

const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: { reason: 'header_overflow', statusLine: '431 Request Header Fields Too Large' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { reason: 'header_overflow', statusLine: '413 Payload Too Large' },
  ERR_HTTP_REQUEST_TIMEOUT: { reason: 'timeout', statusLine: '408 Request Timeout' },
};

/** Undefined for connections that merely broke: nothing was refused. */
export function rejectReasonOf({ code = '' }: ClientError): RejectReason | undefined {
  return refusals[code]?.reason ?? (code.startsWith('HPE_') ? 'parse_error' : undefined);
}

/** True where the rest of a request was refused that had reached its handler: it is counted as a request. */
export function isUnderWay(socket: Socket): boolean {
  const { parser } = socket as { readonly parser?: { readonly incoming?: IncomingMessage | null } | null };
  return parser?.incoming?.complete === false;
}

/** The same status line and the same care as in Node's own handler: no answer into the middle of a response. */
export function respondAsNode(error: ClientError, socket: Socket): void {
  if (socket.destroyed) return;
  const current = (socket as { readonly _httpMessage?: { readonly _headerSent?: boolean } | null })._httpMessage;
  if (socket.writable && current?._headerSent !== true) {
    const statusLine = refusals[error.code ?? '']?.statusLine ?? '400 Bad Request';
    socket.write(`HTTP/1.1 ${statusLine}\r\nConnection: close\r\n\r\n`);
  }
  socket.destroy(error);
}
