/** Clients of a TLS server with a certificate that nobody has signed: each on a connection of its own. */
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';

export interface TlsPlan {
  readonly method?: string;
  readonly path: string;
  readonly body?: string;
  /** Goes away before the headers come, or once they have. */
  readonly abort?: 'before_headers' | 'mid_stream';
}

/** Gives the status; undefined for an aborted request. */
export type TlsClient = (port: number, plan: TlsPlan) => Promise<number | undefined>;

/** Time for a request to be written, once there is a connection, before its client goes away. */
const arrivalMillis = 30;

export const overHttp1: TlsClient = (port, { method = 'GET', path, body, abort }) =>
  new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, agent: false, rejectUnauthorized: false };
    const sent = request(options, (response) => {
      if (abort === 'mid_stream') sent.destroy();
      response.on('error', () => resolve(undefined)).resume();
      response.on('end', () => resolve(response.statusCode));
    });
    sent.on('error', (error) => (abort === undefined ? reject(error) : resolve(undefined))).end(body);
    if (abort !== 'before_headers') return;
    sent.on('socket', (socket) => socket.once('secureConnect', () => setTimeout(() => sent.destroy(), arrivalMillis)));
  });

export const overHttp2: TlsClient = async (port, { method = 'GET', path, body, abort }) => {
  const session = connectHttp2(`https://127.0.0.1:${port}`, { rejectUnauthorized: false });
  session.on('error', () => undefined);
  try {
    const stream = session.request({ ':method': method, ':path': path });
    stream.on('error', () => undefined).resume();
    const isClosed = once(stream, 'close');
    const hasHeaders = once(stream, 'response') as Promise<[{ readonly ':status'?: number }]>;
    hasHeaders.catch(() => undefined);
    stream.end(body);
    if (abort === 'before_headers') session.once('connect', () => setTimeout(() => session.destroy(), arrivalMillis));
    if (abort === 'mid_stream') void hasHeaders.then(() => session.destroy());
    await isClosed;
    return abort === undefined ? (await hasHeaders)[0][':status'] : undefined;
  } finally {
    session.destroy();
  }
};
