/**
 * The words that commands use and the reader sets once per terminal: variables, and functions for what differs from
 * platform to platform. A page prints only those that its own commands use.
 */
import type { Model } from '../../model/model.ts';
import { hasSource } from '../../model/sources.ts';
import { quoteShell } from '../shell.ts';
import { urlOnHost } from './stack.ts';

export const platforms = ['Docker Compose', 'Kubernetes', 'systemd'] as const;
export type Platform = (typeof platforms)[number];

export interface TerminalWord {
  readonly word: string;
  /** For the table of words. */
  readonly means: string;
  /** Words that its definition uses. */
  readonly needs: readonly string[];
  /** Bash that defines it. Variables are the same on every platform. */
  readonly define: Readonly<Record<Platform, string>>;
}

/** In the order in which they must be defined. */
export function terminalWords(model: Model): readonly TerminalWord[] {
  return [...variables(model), ...serviceFunctions, ...releaseFunctions];
}

function variables(model: Model): TerminalWord[] {
  const names = model.services.map(({ name }) => name);
  const urls = model.services.map(({ name, url }) => `${name}) SERVICE_URL=${quoteShell(urlOnHost(url))} ;;`);
  const probed = model.services.map(
    ({ name, url, healthPath }) => `${name}) HEALTH_URL=${quoteShell(urlOnHost(url) + healthPath)} ;;`,
  );
  return [
    everywhere('ENVIRONMENT', 'label `environment` of the alert', [], `ENVIRONMENT=${quoteShell(model.environment)}`),
    everywhere(
      'SERVICE',
      'label `service` of the alert',
      [],
      `SERVICE=${quoteShell(names[0] ?? 'platform')} # from the alert; one of: ${names.join(', ')}`,
    ),
    everywhere(
      'SERVICE_URL',
      'where the service answers, seen from your terminal',
      ['SERVICE'],
      `case "$SERVICE" in ${urls.join(' ')} esac`,
    ),
    everywhere(
      'HEALTH_URL',
      'the health endpoint that is probed from outside, seen from your terminal',
      ['SERVICE'],
      `case "$SERVICE" in ${probed.join(' ')} esac`,
    ),
    everywhere(
      'DATABASE_URL',
      'connection string of the database, with the rights of its owner',
      [],
      ': "${DATABASE_URL:?export it first: postgres://... from the secret store of the service}"',
    ),
    ...(hasSource(model, 'tracing')
      ? [everywhere('JAEGER_URL', 'where traces are shown', [], `JAEGER_URL=${quoteShell(model.links.jaeger)}`)]
      : []),
    everywhere(
      'PROMETHEUS_URL',
      'Prometheus, seen from your terminal',
      [],
      `PROMETHEUS_URL=${quoteShell(model.links.prometheus)}`,
    ),
    everywhere(
      'ALERTMANAGER_URL',
      'Alertmanager, seen from your terminal',
      [],
      `ALERTMANAGER_URL=${quoteShell(model.links.alertmanager)}`,
    ),
    everywhere('GRAFANA_URL', 'Grafana, seen from your terminal', [], `GRAFANA_URL=${quoteShell(model.links.grafana)}`),
    everywhere(
      'BACKUP_DIR',
      'a folder outside the repository, with room for a dump',
      [],
      'BACKUP_DIR="${BACKUP_DIR:-$HOME/backups}" && mkdir -p "$BACKUP_DIR"',
    ),
  ];
}

const serviceFunctions: readonly TerminalWord[] = [
  {
    word: 'service_logs',
    means: 'prints the log of the service: `service_logs 15m`',
    needs: ['SERVICE'],
    define: {
      'Docker Compose': 'service_logs() { docker compose logs --no-log-prefix --since "${1:-15m}" "$SERVICE"; }',
      Kubernetes: 'service_logs() { kubectl logs --selector "app=$SERVICE" --tail=-1 --since="${1:-15m}"; }',
      systemd: 'service_logs() { journalctl --unit "$SERVICE" --output cat --since "-${1:-15m}"; }',
    },
  },
  {
    word: 'service_status',
    means: 'shows the instances of the service, and when they started',
    needs: ['SERVICE'],
    define: {
      'Docker Compose': 'service_status() { docker compose ps --all "$SERVICE"; }',
      Kubernetes: 'service_status() { kubectl get pods --selector "app=$SERVICE" --output wide; }',
      systemd: 'service_status() { systemctl status --no-pager "$SERVICE"; }',
    },
  },
  {
    word: 'service_restart',
    means: 'restarts every instance of the service',
    needs: ['SERVICE'],
    define: {
      'Docker Compose': 'service_restart() { docker compose restart "$SERVICE"; }',
      Kubernetes:
        'service_restart() { kubectl rollout restart "deployment/$SERVICE" && kubectl rollout status "deployment/$SERVICE"; }',
      systemd: 'service_restart() { sudo systemctl restart "$SERVICE"; }',
    },
  },
  {
    word: 'service_scale',
    means: 'sets the number of instances: `service_scale 4`',
    needs: ['SERVICE'],
    define: {
      'Docker Compose':
        'service_scale() { docker compose up --detach --no-recreate --scale "$SERVICE=$1" "$SERVICE"; }',
      Kubernetes: 'service_scale() { kubectl scale "deployment/$SERVICE" --replicas="$1"; }',
      systemd: 'service_scale() { for i in $(seq "$1"); do sudo systemctl start "$SERVICE@$i"; done; }',
    },
  },
  {
    word: 'service_exec',
    means: 'runs a command where the service runs: `service_exec node --version`',
    needs: ['SERVICE'],
    define: {
      'Docker Compose': 'service_exec() { docker compose exec -T "$SERVICE" "$@"; }',
      Kubernetes: 'service_exec() { kubectl exec -i "deployment/$SERVICE" -- "$@"; }',
      systemd:
        'service_exec() { sudo nsenter --target "$(systemctl show --property MainPID --value "$SERVICE")" --mount --net -- "$@"; }',
    },
  },
  {
    word: 'service_pid',
    means: 'prints the process id of Node, as `service_exec` sees it',
    needs: ['SERVICE', 'service_exec'],
    define: {
      'Docker Compose': 'service_pid() { service_exec sh -c \'pidof node | tr " " "\\n" | sort -n | head -n 1\'; }',
      Kubernetes: 'service_pid() { service_exec sh -c \'pidof node | tr " " "\\n" | sort -n | head -n 1\'; }',
      systemd: 'service_pid() { systemctl show --property MainPID --value "$SERVICE"; }',
    },
  },
];

const releaseFunctions: readonly TerminalWord[] = [
  {
    word: 'service_deploy',
    means: 'makes every instance run a version: `service_deploy 1.4.2`',
    needs: ['SERVICE'],
    define: {
      'Docker Compose':
        'service_deploy() { VERSION="$1" docker compose up --detach --no-deps --wait "$SERVICE"; } # image: name:${VERSION}',
      Kubernetes:
        'service_deploy() { kubectl set image "deployment/$SERVICE" "$SERVICE=$SERVICE:$1" && kubectl rollout status "deployment/$SERVICE"; }',
      systemd:
        'service_deploy() { sudo ln -sfn "/srv/$SERVICE/$1" "/srv/$SERVICE/current" && sudo systemctl restart "$SERVICE"; }',
    },
  },
  {
    word: 'canary_deploy',
    means: 'starts a version beside the running one, without traffic: `canary_deploy 1.4.2`',
    needs: ['SERVICE'],
    define: {
      'Docker Compose':
        'canary_deploy() { VERSION="$1" docker compose up --detach --no-deps --wait "$SERVICE-canary"; }',
      Kubernetes:
        'canary_deploy() { kubectl set image "deployment/$SERVICE-canary" "$SERVICE=$SERVICE:$1" && kubectl rollout status "deployment/$SERVICE-canary"; }',
      systemd:
        'canary_deploy() { sudo ln -sfn "/srv/$SERVICE/$1" "/srv/$SERVICE/canary" && sudo systemctl restart "$SERVICE-canary"; }',
    },
  },
  {
    word: 'canary_traffic',
    means: 'gives the canary so many per cent of the requests: `canary_traffic 10`',
    needs: ['SERVICE'],
    define: {
      'Docker Compose':
        'canary_traffic() { echo "set weight $SERVICE/canary $1%; set weight $SERVICE/stable $((100 - $1))%" | docker compose exec -T haproxy socat stdio /var/run/haproxy.sock; }',
      Kubernetes:
        'canary_traffic() { kubectl annotate --overwrite ingress "$SERVICE-canary" nginx.ingress.kubernetes.io/canary-weight="$1"; }',
      systemd:
        'canary_traffic() { echo "set weight $SERVICE/canary $1%; set weight $SERVICE/stable $((100 - $1))%" | sudo socat stdio /run/haproxy/admin.sock; }',
    },
  },
  {
    word: 'migrate',
    means:
      "runs the service's migration tool against `DATABASE_URL`, which must be reachable from where it runs: `migrate status`, `migrate up`",
    needs: ['SERVICE', 'DATABASE_URL'],
    define: {
      'Docker Compose':
        'migrate() { docker compose run --rm --no-deps --env DATABASE_URL="$DATABASE_URL" --env PGOPTIONS="${PGOPTIONS:-}" "$SERVICE" npm run migrate -- "$@"; }',
      Kubernetes:
        'migrate() { kubectl exec -i "deployment/$SERVICE" -- env DATABASE_URL="$DATABASE_URL" PGOPTIONS="${PGOPTIONS:-}" npm run migrate -- "$@"; }',
      systemd:
        'migrate() { DATABASE_URL="$DATABASE_URL" PGOPTIONS="${PGOPTIONS:-}" npm --prefix "/srv/$SERVICE/current" run migrate -- "$@"; }',
    },
  },
];

function everywhere(word: string, means: string, needs: readonly string[], bash: string): TerminalWord {
  return { word, means, needs, define: { 'Docker Compose': bash, Kubernetes: bash, systemd: bash } };
}
