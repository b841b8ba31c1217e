/** Checks of the values that several parts of a config share. */
import { isDuration } from '../objectives/duration.ts';
import { all, number, rule, text, type Check } from './checks.ts';
import { problem, show } from './problem.ts';

export const nonEmptyText: Check = text('text must not be empty or hold control characters', /^[^\p{Cc}]+$/u);

export const duration: Check = rule(
  'a duration must be a whole number and one unit of s, m, h, d and w, such as "5m"',
  (value) => typeof value === 'string' && isDuration(value) && /^[1-9]\d*[smhdw]$/.test(value),
);

/** A share, neither nothing nor all. */
export const share: Check = number('a share must be between 0 and 1, both left out', { above: 0, below: 1 });
export const positive: Check = number('a number must be above 0', { above: 0 });
export const notNegative: Check = number('a number must be 0 or more', { min: 0 });

/** Becomes a label value, a file name and a part of URLs. */
export const labelValue = (what: string): Check =>
  text(
    `${what} must be letters, digits, dots, hyphens and underscores, and start with a letter or digit`,
    /^[A-Za-z0-9][\w.-]{0,62}$/,
  );

export const labelName: Check = text(
  'a label name must be letters, digits and underscores, must not start with a digit or "__"',
  /^(?!__)[A-Za-z_]\w*$/,
);

export const metricName: Check = text(
  'a metric name must be letters, digits, underscores and colons, and must not start with a digit',
  /^[A-Za-z_:][\w:]*$/,
);

export const hostAndPort: Check = text(
  'an address must be host:port',
  /^(?:[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\]):\d{1,5}$/,
);

export const urlPath: Check = text(
  'a path must start with "/" and hold no space, "?" or "#"',
  /^\/[\w.~!$&'()*+,;=:@%/-]*$/,
);

/** A URL check: what is not an http URL at all is refused by the first of them. Credentials are never shown. */
function url(sentence: string, accepts: (url: URL, text: string) => boolean, fix?: string): Check {
  return (value, path) => {
    const parsed = parse(value);
    if (parsed !== undefined && accepts(parsed, String(value))) return [];
    return [problem(sentence, { path, value, shown: show(withoutCredentials(value)), fix })];
  };
}

/** A URL that is asked as it is. */
export const fullUrl: Check = all(
  url('a URL must be http or https and parse', () => true),
  url(
    'a URL must not hold a user or a password',
    ({ username, password }) => username === '' && password === '',
    'put it into a file in monitoring/secrets/',
  ),
);

/** Scheme, host and port. */
export const originUrl: Check = all(
  fullUrl,
  url(
    'the URL of a service must be scheme, host and port, without a path',
    ({ pathname, search, hash }) => pathname === '/' && search === '' && hash === '',
  ),
);

/** A URL that others are made from by adding a path. */
export const baseUrl: Check = all(
  fullUrl,
  url('a base URL must not end with "/", nor hold "?" or "#"', (_url, text) => !/[?#]|\/$/.test(text)),
);

function parse(value: unknown): URL | undefined {
  if (typeof value !== 'string' || !URL.canParse(value) || /[\s\p{Cc}"'<>\\^`{|}]/u.test(value)) return undefined;
  const parsed = new URL(value);
  return ['http:', 'https:'].includes(parsed.protocol) && parsed.hostname !== '' ? parsed : undefined;
}

function withoutCredentials(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\/\/[^@/]*@/, '//***@') : value;
}
