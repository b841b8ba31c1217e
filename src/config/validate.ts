/** The edge: an unknown value becomes a config, or everything that is wrong with it at once. */
import { TelltaleError } from '../errors.ts';
import { toSeconds, type Duration } from '../objectives/duration.ts';
import type { Addresses, Exporters, Links, Stack, Timing } from '../model/model.ts';
import { each, fields, flag, isRecord, list, number, oneOf, text, type Check } from './checks.ts';
import type { Config } from './config.ts';
import { fieldOf, itemsOf } from './cross-checks.ts';
import { needsExporter } from './datastores.ts';
import { defaultTiming } from './defaults.ts';
import { problem, type Problem } from './problem.ts';
import { validateAddedAlerts, validateAddedDashboards, validateRunbookSections } from './validate-additions.ts';
import { validateAlerts } from './validate-alerts.ts';
import { businessEntries, validateBusiness } from './validate-business.ts';
import { validateNaming } from './validate-naming.ts';
import { validateReceivers } from './validate-receivers.ts';
import { datastoreKinds, validateServices } from './validate-services.ts';
import { requestBound, validateObjectives } from './validate-slos.ts';
import { baseUrl, duration, hostAndPort, labelName, labelValue } from './value-checks.ts';

const exporters = {
  node: flag,
  blackbox: flag,
  containers: flag,
  kubernetes: flag,
  remoteWrite: flag,
  tracing: flag,
  cluster: flag,
} satisfies Table<Exporters>;

const links = {
  grafana: baseUrl,
  runbooks: baseUrl,
  prometheus: baseUrl,
  alertmanager: baseUrl,
  jaeger: baseUrl,
} satisfies Table<Links>;

const timing = {
  scrapeInterval: duration,
  scrapeTimeout: duration,
  evaluationInterval: duration,
  groupWait: duration,
  groupInterval: duration,
  repeatCritical: duration,
  repeatWarning: duration,
  speedUp: number('speedUp must be 1 or more', { min: 1 }),
} satisfies Table<Timing>;

const addresses = {
  prometheus: hostAndPort,
  alertmanager: hostAndPort,
  blackbox: hostAndPort,
  node: hostAndPort,
  cadvisor: hostAndPort,
} satisfies Table<Addresses>;

const port = number('a port must be between 1 and 65535', { min: 1, max: 65_535 });
const stack = {
  bindAddress: text(
    'an address to bind must be an IP address',
    /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*)$/,
  ),
  ports: fields('the ports', { grafana: port, prometheus: port, alertmanager: port }),
  networks: list('network names', labelValue('a network name')),
  retention: duration,
  retentionSize: text('a retention size must be a whole number of MB, GB or TB, such as "20GB"', /^[1-9]\d*[MGT]B$/),
} satisfies Table<Stack>;

type Table<T> = Readonly<Record<keyof T, Check>>;

const identity = { service: labelName, environment: labelName };

/** The order is that of messages about unknown fields. */
const topLevel = (bound: Check): Table<Omit<Config, 'naming'>> => ({
  environment: labelValue('an environment'),
  services: validateServices(bound),
  identity: each(fields('the identity labels', identity), (value, path) => identityApart(value, path)),
  objectives: validateObjectives(bound),
  alerts: validateAlerts(bound),
  addAlerts: validateAddedAlerts,
  addDashboards: validateAddedDashboards,
  runbookSections: validateRunbookSections,
  business: validateBusiness,
  exporters: fields('the exporters', exporters),
  links: fields('the links', links),
  receivers: validateReceivers,
  timing: each(fields('the timing', timing), (value, path) => timingFits(value, path)),
  addresses: fields('the addresses', addresses),
  stack: fields('the stack', stack),
  profile: oneOf('the profile', ['compose', 'loopback', 'drill']),
  output: text('the output folder must be a path', /^[^\0]+$/),
});

/** Every problem of a config, in the order in which it is written; empty when it is valid. */
export function configProblems(value: unknown): readonly Problem[] {
  const naming = validateNaming(businessEntries(fieldOf(value, 'business')));
  const bound = requestBound(fieldOf(value, 'naming'));
  return each(fields('the config', { ...topLevel(bound), naming }), exportersApart)(value, '');
}

/**
 * The value as a config.
 * @throws TELLTALE_CONFIG with every problem, one to a line
 */
export function validateConfig(value: unknown): Config {
  const problems = configProblems(value);
  if (problems.length === 0) return value as Config;
  const lines = problems.map(({ message, fix }) => (fix === undefined ? message : `${message}; ${fix}`));
  throw new TelltaleError('TELLTALE_CONFIG', lines.join('\n'), { fix: 'correct the config and run the command again' });
}

function identityApart(value: unknown, path: string): readonly Problem[] {
  const { service = 'service', environment = 'environment' } = isRecord(value) ? value : {};
  const rule = 'identity labels must be two labels, and none of job, instance, alertname and severity';
  const taken = [service, environment].some((label) => reserved.has(String(label)));
  return service === environment || taken ? [problem(rule, { path, value })] : [];
}

const reserved = new Set(['job', 'instance', 'alertname', 'severity', 'component', 'team', 'slo', 'le']);

/** A scrape must end before the next; the shortest window of a rule, 5 minutes, must hold four scrapes. */
function timingFits(value: unknown, path: string): readonly Problem[] {
  const given = isRecord(value) ? value : {};
  const seconds = (key: 'scrapeInterval' | 'scrapeTimeout'): number => {
    const valid = duration(given[key], '').length === 0;
    return toSeconds(valid ? (given[key] as Duration) : defaultTiming[key]);
  };
  const speedUp = typeof given['speedUp'] === 'number' ? given['speedUp'] : 1;
  const problems: Problem[] = [];
  if (seconds('scrapeTimeout') > seconds('scrapeInterval'))
    problems.push(problem('timing must have a scrapeTimeout of at most the scrapeInterval', { path, value }));
  if (300 / speedUp < 4 * seconds('scrapeInterval'))
    problems.push(
      problem('timing must fit four scrapes into the 5 minutes (divided by speedUp) of the shortest window', {
        path,
        value,
      }),
    );
  return problems;
}

/** On loopback each exporter needs a port of its own. */
const exportersApart: Check = (value) => {
  const profile = fieldOf(value, 'profile') ?? 'compose';
  if (profile === 'compose') return [];
  const services = itemsOf(fieldOf(value, 'services'));
  return datastoreKinds.flatMap((kind) => {
    const open = services.flatMap((service, index) => (needsExporter(service[kind] as never) ? [index] : []));
    return open.slice(1).map((index) =>
      problem(
        `a datastore must name its exporter in profile ${JSON.stringify(profile)}, as services[${open[0]}] has the default one`,
        {
          path: `services[${index}].${kind}`,
          value: services[index]?.[kind],
        },
      ),
    );
  });
};
