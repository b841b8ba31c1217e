/** Ports of the processes of a service: each is a target of its own. */
import { rule, type Check } from './checks.ts';
import { itemsOf } from './cross-checks.ts';
import { problem } from './problem.ts';

const maxPort = 65_535;

export const metricsPort = wholeNumber('the port of metrics must be a whole number from 1 to 65535', maxPort);
export const instances = wholeNumber('the number of instances must be a whole number from 1 to 1000', 1_000);

/** They count on from a port: the one of `url` they share. */
export const instancesHavePorts: Check = (value, path) =>
  itemsOf(value).flatMap(({ metricsPort, instances }, index) => {
    if (typeof instances !== 'number' || instances <= 1) return [];
    const place = { path: `${path}[${index}].instances`, value: instances };
    if (metricsPort === undefined) {
      return [problem('several instances must have "metricsPort", the port of the first', place)];
    }
    const last = Number(metricsPort) + instances - 1;
    return last > maxPort
      ? [problem(`several instances must have ports up to ${maxPort}, and the last has ${last}`, place)]
      : [];
  });

/** PM2 would share a port between two services without a word, and each would be seen now and then. */
export const portsApart: Check = (value, path) => {
  const all = itemsOf(value).map(portsOf);
  return all.flatMap((ports, index) => {
    if (ports === undefined) return [];
    const other = all.findIndex((each, before) => before < index && each !== undefined && overlap(each, ports));
    if (other === -1) return [];
    const sentence = `the ports of a service's metrics must be its own, and ${path}[${other}] has one of them already`;
    return [problem(sentence, { path: `${path}[${index}].metricsPort`, value: ports.first })];
  });
};

interface Ports {
  readonly host: string;
  readonly first: number;
  readonly last: number;
}

function portsOf({ url, metricsPort, instances = 1 }: Readonly<Record<string, unknown>>): Ports | undefined {
  if (typeof metricsPort !== 'number' || typeof instances !== 'number') return undefined;
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  return { host: new URL(url).hostname, first: metricsPort, last: metricsPort + instances - 1 };
}

function overlap(a: Ports, b: Ports): boolean {
  return a.host === b.host && a.first <= b.last && b.first <= a.last;
}

function wholeNumber(sentence: string, max: number): Check {
  return rule(sentence, (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max);
}
