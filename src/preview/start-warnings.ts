/** What a preview that has started warns of. */
import { BlockList, isIPv6 } from 'node:net';
import { isFailure } from './upstream-failure.ts';
import type { Upstream } from './upstream.ts';

interface Started {
  /** That it listens on. */
  readonly address: string;
  readonly prometheus: Upstream;
  readonly alertmanager: Upstream | undefined;
}

/** How long a start waits for a server that may be down. */
const timeoutMillis = 3_000;
/** What every server that speaks the API answers, quickly. */
const anyQuery = '/api/v1/query?query=1';
const noAlerts = '/api/v2/alerts?active=false&silenced=false&inhibited=false&unprocessed=false';

export async function warningsOf({ address, prometheus, alertmanager }: Started): Promise<readonly string[]> {
  const answers = await Promise.all([
    prometheus.read(anyQuery, timeoutMillis),
    ...(alertmanager === undefined ? [] : [alertmanager.read(noAlerts, timeoutMillis)]),
  ]);
  const exposed = isLoopback(address)
    ? []
    : [`It listens on ${address}: anyone who can reach this port can read your metrics`];
  return [...exposed, ...answers.flatMap((answer) => (isFailure(answer) ? [answer.sentence] : []))];
}

function isLoopback(address: string): boolean {
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
