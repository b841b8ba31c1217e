/** Who may scrape: a bearer token, or a user and password, compared in constant time. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { OptionRule } from '../metrics/option-checks.ts';

export type ScrapeAuth =
  | { readonly bearer: string }
  | {
      readonly username: string;
      readonly password: string;
    };

export const authRule: OptionRule = {
  expects: '{ bearer } or { username, password } with texts that are not empty',
  accepts: (value) => {
    const { bearer, username, password } = (value ?? {}) as Record<string, unknown>;
    return isText(bearer) || (isText(username) && isText(password) && !username.includes(':'));
  },
};

export interface ScrapeGuard {
  /** For the header WWW-Authenticate of a refusal. */
  readonly challenge: string;
  readonly admits: (request: IncomingMessage) => boolean;
}

export function scrapeGuard(auth: ScrapeAuth): ScrapeGuard {
  const isBearer = 'bearer' in auth;
  const secret = isBearer
    ? `Bearer ${auth.bearer}`
    : `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
  const expected = digest(secret);
  return {
    challenge: isBearer ? 'Bearer realm="metrics"' : 'Basic realm="metrics", charset="UTF-8"',
    admits: ({ headers }) => timingSafeEqual(digest(normalize(headers.authorization ?? '')), expected),
  };
}

/** Digests have one length, so that the comparison tells nothing about the secret's. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The scheme may be written in any case. */
function normalize(header: string): string {
  return header.replace(
    /^(bearer|basic) +/i,
    (scheme) => `${scheme.trim().toLowerCase() === 'basic' ? 'Basic' : 'Bearer'} `,
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
