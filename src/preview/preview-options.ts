/** What the preview is started with, and the one check of it. */
import { isIP } from 'node:net';
import { TelltaleError } from '../errors.ts';
import type { Controls } from './controls.ts';
import { hasCredentials, isAddress, withoutCredentials } from './upstream-address.ts';

export interface PreviewOptions {
  /** Address of the Prometheus to ask; may hold a path prefix, and `user:password@`. */
  readonly prometheus: string;
  /** Address of its Alertmanager. @default none */
  readonly alertmanager?: string | undefined;
  /** Where `dashboards/` and `runbooks/` are: what `telltale generate` wrote. Read again for each request. */
  readonly folder: string;
  /** The built page. @default the one in this package */
  readonly pageFolder?: string | undefined;
  /** The address to listen on. @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** 0 takes a free one. @default 0 */
  readonly port?: number | undefined;
  /** File that holds a bearer token for Prometheus; read for each request, so that it can be rotated. @default none */
  readonly tokenFile?: string | undefined;
  /** What `$__rate_interval` is made from. @default the global one of Prometheus' configuration, else 15 */
  readonly scrapeIntervalSeconds?: number | undefined;
  /** Time range that dashboards open with, e.g. `now-15m`. @default that of each dashboard */
  readonly from?: string | undefined;
  /** Refresh that dashboards open with, e.g. `5s`. @default that of each dashboard */
  readonly refresh?: string | undefined;
  /** Switches that the page offers. @default none */
  readonly controls?: Controls | undefined;
  /** How long Prometheus or Alertmanager may be silent. Milliseconds. @default 30000 */
  readonly upstreamTimeoutMillis?: number | undefined;
}

interface Rule {
  readonly option: keyof PreviewOptions;
  /** `Cannot use <value> as <as>: <must>`. */
  readonly as: string;
  readonly must: string;
  readonly accepts: (value: unknown) => boolean;
}

const anAddress = { must: 'must be http or https, without "?" and "#", and parse', accepts: isAddress };
const aPositive = {
  must: 'must be a number above 0',
  accepts: (value: unknown): boolean => Number.isFinite(value) && Number(value) > 0,
};

const rules: readonly Rule[] = [
  { option: 'prometheus', as: 'the address of Prometheus', ...anAddress },
  { option: 'alertmanager', as: 'the address of Alertmanager', ...anAddress },
  { option: 'host', as: 'the address to listen on', must: 'must be an IP address or a host name', accepts: isHost },
  { option: 'port', as: 'a port', must: 'must be a whole number from 0 to 65535', accepts: isPort },
  { option: 'scrapeIntervalSeconds', as: 'the scrape interval in seconds', ...aPositive },
  { option: 'upstreamTimeoutMillis', as: 'a timeout in milliseconds', ...aPositive },
  {
    option: 'from',
    as: 'the start of the time range',
    must: 'must be such as "now-15m"',
    accepts: matches(/^now-\d+[smhdwMy]$/),
  },
  { option: 'refresh', as: 'a refresh', must: 'must be such as "5s"', accepts: matches(/^[1-9]\d*[smhd]$/) },
];

/** @throws TELLTALE_OPTION with every problem, a line each; a password in an address is not shown. */
export function checkPreviewOptions(options: PreviewOptions): void {
  const problems = rules.flatMap(({ option, as, must, accepts }) => {
    const value = options[option];
    return value === undefined || accepts(value) ? [] : [`Cannot use ${shown(value)} as ${as}: ${must}`];
  });
  if (options.tokenFile !== undefined && hasCredentials(options.prometheus))
    problems.push('Cannot use a token file with a user and password in the address: Prometheus takes one of them');
  if (problems.length === 0) return;
  throw new TelltaleError('TELLTALE_OPTION', problems.join('\n'), { fix: 'correct the options and start again' });
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(withoutCredentials(value)) : String(value);
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535;
}

function isHost(value: unknown): boolean {
  return typeof value === 'string' && (isIP(value) !== 0 || /^[A-Za-z0-9]([\w.-]{0,251}[A-Za-z0-9])?$/.test(value));
}

function matches(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value);
}
