/** Commands against the compose stack that many steps share. */
import type { Expression } from '../../promql/expression.ts';
import { type Script, sh } from '../shell.ts';

/** Runs in a container of the stack. */
export const execIn = (service: string): Script =>
  sh`docker compose -f docker-compose.monitoring.yml exec -T ${service}`;

/** A query in the terminal, one line a series. */
export function promtoolQuery(expression: Expression): Script {
  return sh`${execIn('prometheus')} promtool query instant http://localhost:9090 ${expression}`;
}

/** amtool against the stack's Alertmanager; `command` is the words after it. */
export function amtool(command: Script): Script {
  return sh`${execIn('alertmanager')} amtool --alertmanager.url=http://localhost:9093 ${command}`;
}

/** The log of a part of the stack. */
export function stackLogs(service: string, since: '15m' | '1h' | '6h' = '15m'): Script {
  return sh`docker compose -f docker-compose.monitoring.yml logs --no-log-prefix --since ${since} ${service}`;
}

/** An HTTP GET from inside the stack, as Prometheus would do it: the image brings busybox' wget. */
export function wgetFromPrometheus(url: Script): Script {
  return sh`${execIn('prometheus')} wget -qO- -T 5 ${url}`;
}
