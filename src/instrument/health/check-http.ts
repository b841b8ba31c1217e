/** httpCheck(): whether another service answers. */
import { TelltaleError } from '../../errors.ts';
import type { HealthCheck } from './check.ts';
import { checkOptions } from '../metrics/option-checks.ts';

export interface HttpCheckOptions {
  /** Sent with the request. @default none */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A check for `healthEndpoints()` that passes when GET of the URL is answered 2xx, after redirects. At the timeout the
 * request is aborted. What the answer says is not read.
 *
 * Ask for `/health` of another service of yours, and let the check not be critical: were each ready only when the others
 * are, one that is down would take all of them along, and none could start before the others.
 * @throws TELLTALE_OPTION for what is no http or https URL, and for wrong options
 * @example
 * healthEndpoints({ checks: { payments: { check: httpCheck('http://payments:3001/health'), critical: false } } });
 */
export function httpCheck(url: string | URL, options: HttpCheckOptions = {}): HealthCheck {
  const target = validUrl(url);
  checkOptions('use httpCheck()', options, {
    headers: { expects: 'an object of texts', accepts: areHeaders },
  });
  const headers = { ...options.headers };
  return async ({ signal }) => {
    const response = await fetch(target, { headers, signal });
    await response.body?.cancel();
    return response.ok;
  };
}

function validUrl(url: string | URL): URL {
  const target = URL.canParse(String(url)) ? new URL(url) : undefined;
  if (target?.protocol === 'http:' || target?.protocol === 'https:') return target;
  // Not shown: it may hold a password.
  throw new TelltaleError('TELLTALE_OPTION', 'Cannot use httpCheck(): the URL must be one of http or https', {
    fix: 'e.g. "http://payments:3001/health"',
  });
}

function areHeaders(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every((each) => typeof each === 'string');
}
