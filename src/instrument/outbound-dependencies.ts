/** Which declared dependency a host is. */
import { dependency as dependencyLabel } from '../catalog/labels.ts';
import { quoteList, TelltaleError } from '../errors.ts';

/** Names of dependencies with their hosts: `host`, for any port, or `host:port`. */
export type Dependencies = Readonly<Record<string, string | readonly string[]>>;

/** What any host that was not declared is recorded as. */
export const undeclared = 'other';

const hostShape = /^(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/;
const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * Checks declarations and gives the dependency by host, lower case.
 * @throws TELLTALE_OPTION, naming every entry that is wrong
 */
export function dependenciesByHost(dependencies: Dependencies): ReadonlyMap<string, string> {
  const byHost = new Map<string, string>();
  const problems: string[] = [];
  for (const [name, hosts] of Object.entries(dependencies)) {
    if (name === undeclared) problems.push(`the name "${undeclared}" is taken by hosts that are not declared`);
    for (const host of [hosts].flat().map((text) => text.toLowerCase())) {
      const taken = byHost.get(host) ?? name;
      if (!hostShape.test(host)) problems.push(`"${host}" of "${name}" is not a host or host:port`);
      if (taken !== name) problems.push(`"${host}" belongs to both ${quoteList([taken, name])}`);
      byHost.set(host, name);
    }
  }
  if (new Set(byHost.values()).size >= dependencyLabel.cap)
    problems.push(`there are more than ${dependencyLabel.cap - 1}`);
  if (problems.length === 0) return byHost;
  throw new TelltaleError('TELLTALE_OPTION', `Cannot watch these dependencies: ${problems.join('; ')}`, {
    fix: "e.g. dependencies: { stripe: 'api.stripe.com', search: ['search-1:9200', 'search-2:9200'] }",
  });
}

/** The dependency of a `host` or `host:port` called with a protocol (`https:`); the entry with a port wins. */
export function dependencyOf(byHost: ReadonlyMap<string, string>, authority: string, protocol: string): string {
  const [host = '', port = defaultPorts[protocol] ?? ''] = splitPort(authority.toLowerCase());
  return byHost.get(`${host}:${port}`) ?? byHost.get(host) ?? undeclared;
}

function splitPort(authority: string): readonly string[] {
  const parts = /^(.*?)(?::(\d+))?$/.exec(authority);
  return parts?.[2] === undefined ? [authority] : [parts[1] ?? '', parts[2]];
}
