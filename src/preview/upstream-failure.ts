/** Why a server that was asked gave no answer to pass on: a sentence for people. Never holds credentials. */
import type { IncomingMessage } from 'node:http';
import { shownLocation } from './upstream-address.ts';

export interface UpstreamFailure {
  readonly status: 502 | 504;
  readonly sentence: string;
}

export function isFailure(answer: object): answer is UpstreamFailure {
  return 'sentence' in answer;
}

/** Who is meant, for sentences. */
export interface Named {
  readonly name: string;
  /** Its address without credentials. */
  readonly address: string;
}

/** Code of the error that a silent server ends with. */
export const silentCode = 'SILENT';

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused: is it running?',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name cannot be looked up now',
  ECONNRESET: 'it closed the connection without an answer',
  EPIPE: 'it closed the connection without an answer',
  EHOSTUNREACH: 'there is no way to its host',
  ENETUNREACH: 'there is no way to its network',
  ETIMEDOUT: 'its host does not answer',
  EPROTO: 'it does not speak TLS: is the address http, not https?',
};

/** Node's codes of certificates that it does not trust. */
const certificate = /CERT|SELF_SIGNED|UNABLE_TO_/;

export function failureOf(error: unknown, { name, address }: Named, silentMillis: number): UpstreamFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === silentCode) {
    const sentence = `Cannot wait longer for ${name} at ${address}: it was silent for ${silentMillis / 1000} s`;
    return { status: 504, sentence };
  }
  // An error of ours, such as a token file that is gone, says what it is.
  if (error instanceof Error && code.startsWith('TELLTALE_')) return { status: 502, sentence: error.message };
  return { status: 502, sentence: `Cannot reach ${name} at ${address}: ${reasonOf(code)}` };
}

/** Why an answer is not passed on, if it is not: only JSON is, and nobody is sent elsewhere. */
export function unfit(response: IncomingMessage, { name, address }: Named): UpstreamFailure | undefined {
  const { statusCode = 0, statusMessage = '', headers } = response;
  if (statusCode >= 300 && statusCode < 400) {
    const to = shownLocation(headers.location ?? '', `${address}/`) ?? 'an address that is none';
    return {
      status: 502,
      sentence: `Cannot ask ${name} at ${address} as it redirects to ${to}: give its final address`,
    };
  }
  if (/^application\/json\b/i.test(headers['content-type'] ?? '')) return undefined;
  const said = `it answers ${statusCode} ${statusMessage}`.trimEnd();
  return { status: 502, sentence: `Cannot use the answer of ${name} at ${address}: ${said}${adviceOn(statusCode)}` };
}

function reasonOf(code: string): string {
  if (certificate.test(code))
    return `its certificate is not trusted (${code}): set NODE_EXTRA_CA_CERTS to its authority's file`;
  if (code.startsWith('HPE_')) return 'it does not speak HTTP: is the address https, not http?';
  return reasons[code] ?? code;
}

function adviceOn(status: number): string {
  if (status === 401 || status === 403) return ': give a user and password in its address, or a token file';
  if (status === 404) return ': is a path prefix missing from the address?';
  return status === 503 ? ': is it still starting?' : ', which is not JSON';
}
