/** Which declared dependency a host is. */
import { dependency as dependencyLabel } from '../../catalog/labels.ts';
import { quoteList, TelltaleError } from '../../errors.ts';

/** Names of dependencies with their hosts: `host`, for any port, or `host:port`. */
export type Dependencies = Readonly<Record<string, string | readonly string[]>>;

/** What any host that was not declared is recorded as. */
export const undeclared = 'other';

const hostShape = /^(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/;
const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** The dependency of each host, lower case. */
export type HostNames = ReadonlyMap<string, string>;

const isHosts = (value: unknown): boolean => [value].flat().every((host) => typeof host === 'string');

export function isDependencies(value: unknown): value is Dependencies {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isHosts);
}

/**
 * Checks declarations and gives the dependency by host.
 * @throws TELLTALE_OPTION, naming every entry that is wrong
 */
export function dependenciesByHost(dependencies: Dependencies): HostNames {
  const byHost = new Map<string, string>();
  const problems: string[] = [];
  for (const [name, hosts] of Object.entries(dependencies)) {
    if (name === '') problems.push('a dependency has no name');
    if (name === undeclared) problems.push(`the name "${undeclared}" is taken by hosts that are not declared`);
    for (const host of [hosts].flat().map((text) => text.toLowerCase())) {
      if (!hostShape.test(host)) problems.push(`"${host}" of "${name}" is not a host or host:port`);
      problems.push(...problemsOfHosts(byHost, [[host, name]]));
      byHost.set(host, name);
    }
  }
  problems.push(...problemsOfCount(byHost));
  if (problems.length > 0) refuse(problems);
  return byHost;
}

/** What is wrong with two that are each right. */
export function problemsOfBoth(known: HostNames, added: HostNames): readonly string[] {
  return [...problemsOfHosts(known, [...added]), ...problemsOfCount(new Map([...known, ...added]))];
}

function problemsOfHosts(known: HostNames, added: readonly (readonly [string, string])[]): readonly string[] {
  return added.flatMap(([host, name]) => {
    const other = known.get(host) ?? name;
    return other === name ? [] : [`"${host}" belongs to both ${quoteList([other, name])}`];
  });
}

function problemsOfCount(byHost: HostNames): readonly string[] {
  // One value is left for all others.
  const most = dependencyLabel.cap - 1;
  return new Set(byHost.values()).size > most ? [`there are more than ${most}`] : [];
}

export function refuse(problems: readonly string[]): never {
  throw new TelltaleError('TELLTALE_OPTION', `Cannot watch these dependencies: ${problems.join('; ')}`, {
    fix: "e.g. dependencies: { stripe: 'api.stripe.com', search: ['search-1:9200', 'search-2:9200'] }",
  });
}

/** The dependency of a `host` or `host:port` called with a protocol (`https:`); the entry with a port wins. */
export function dependencyOf(byHost: HostNames, authority: string, protocol: string): string {
  const [host = '', port = defaultPorts[protocol] ?? ''] = splitPort(authority.toLowerCase());
  return byHost.get(`${host}:${port}`) ?? byHost.get(host) ?? undeclared;
}

function splitPort(authority: string): readonly string[] {
  const parts = /^(.*?)(?::(\d+))?$/.exec(authority);
  return parts?.[2] === undefined ? [authority] : [parts[1] ?? '', parts[2]];
}
