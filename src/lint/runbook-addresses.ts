/** Every port, path and container that a command names is one of the stack's. */
import { composeFile, knownPaths, knownUrlPaths, portsOf } from '../runbooks/terminal/stack.ts';
import { renderScript } from '../runbooks/shell.ts';
import { allContainers } from '../stack/all-containers.ts';
import type { RunbookInput, RunbookProblem } from './runbook-problem.ts';
import { stepsByPage } from './runbook-queries.ts';

export function checkAddresses({ pack }: RunbookInput): readonly RunbookProblem[] {
  const ports = portsOf(pack.model);
  const containers = new Set(allContainers(pack.model).map(({ name }) => name));
  return stepsByPage(pack).flatMap(({ page, steps }) =>
    steps.flatMap((step) => {
      if (step.language !== 'sh') return [];
      const command = renderScript(step.run, pack.rules);
      const problems = [
        ...unknownPorts(command, ports),
        ...unknownPaths(command),
        ...unknownUrlPaths(command),
        ...unknownContainers(command, containers),
      ];
      return problems.map((problem) => ({ page, problem: `${problem}, in the step "${step.title}"` }));
    }),
  );
}

function unknownPorts(command: string, ports: ReadonlySet<number>): string[] {
  const used = [...command.matchAll(/(?:localhost|127\.0\.0\.1|[a-z][\w.-]*):(\d{2,5})\b(?!:)/g)];
  return used
    .filter(([, port]) => !ports.has(Number(port)))
    .map(([, port]) => `names port ${port ?? ''}, on which nothing of the stack listens`);
}

function unknownPaths(command: string): string[] {
  const used = [...command.matchAll(/(?<=^|[\s'"=(:])(\/[\w.*[\]-]+(?:\/[\w.*[\]-]+)*)(?=$|[\s'");:])/gm)];
  return used.flatMap(([, path = '']) =>
    isKnownPath(path) ? [] : [`names the path "${path}", which is none of the stack's`],
  );
}

/** Of the stack's containers and of every host, or of a service's health endpoints. */
function isKnownPath(path: string): boolean {
  return ['/health', '/ready'].includes(path) || knownPaths.some((one) => path === one || path.startsWith(`${one}/`));
}

function unknownUrlPaths(command: string): string[] {
  const used = [
    ...command.matchAll(/\$(?:PROMETHEUS|ALERTMANAGER|GRAFANA|JAEGER|SERVICE|HEALTH|GREEN)_URL(\/[\w/.#-]*)/g),
  ];
  return used.flatMap(([, path = '']) =>
    knownUrlPaths.some((known) => path.startsWith(known))
      ? []
      : [`asks for "${path}", which nothing of the stack answers`],
  );
}

function unknownContainers(command: string, containers: ReadonlySet<string>): string[] {
  const calls = [
    ...command.matchAll(
      /docker compose -f (\S+) (exec|logs|stop|start|restart|kill|cp|up|ps)\b((?: +-{1,2}\S+(?: (?:HUP|\d+m|\d+h))?)*)((?: +[a-z][\w-]*)*)/g,
    ),
  ];
  return calls.flatMap(([, file, verb, , names = '']) => {
    const listed = names
      .trim()
      .split(/\s+/)
      .filter((name) => name !== '');
    const named = verb === 'exec' ? listed.slice(0, 1) : verb === 'cp' ? [] : listed;
    return [
      ...(file === composeFile ? [] : [`uses the compose file "${file ?? ''}"`]),
      ...named
        .filter((name) => !containers.has(name))
        .map((name) => `names the container "${name}", which the stack does not run`),
    ];
  });
}
