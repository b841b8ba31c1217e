/** `docker-compose.monitoring.yml`: every container under the same restrictions, and each exception with its reason. */
import type { Model } from '../model/model.ts';
import { allContainers } from '../stack/all-containers.ts';
import type { Container, Mount, NetworkName } from '../stack/container.ts';
import { imageReference, images } from '../stack/images.ts';
import { secretsFolder } from '../stack/secrets.ts';
import { generatedNotice } from './generated-notice.ts';
import { mapStrings, yamlBody, type YamlValue } from './yaml.ts';

export const composePath = 'docker-compose.monitoring.yml';

export function composeFile(model: Model): string {
  const containers = allContainers(model);
  const { networks } = model.stack;
  const document = {
    name: 'telltale',
    services: Object.fromEntries(containers.map((container) => [container.name, service(container, model)])),
    networks: {
      monitoring: {},
      exporters: { internal: true },
      ...Object.fromEntries(networks.map((network) => [network, { external: true }])),
    },
    volumes: Object.fromEntries(volumesOf(containers).map((volume) => [volume, {}])),
    secrets: Object.fromEntries(
      secretsOf(containers).map((secret) => [secret, { file: `./${secretsFolder}/${secret}` }]),
    ),
  };
  return head(containers) + yamlBody(mapStrings(document, escapeCompose));
}

/** Compose replaces `$NAME` by variables of the environment: a plain `$` is written twice. */
export function escapeCompose(text: string): string {
  return text.replaceAll('$', '$$$$');
}

function head(containers: readonly Container[]): string {
  const exceptions = containers.flatMap(({ name, exception }) =>
    exception === undefined ? [] : [`${name} ${exception}.`],
  );
  const lines = [
    generatedNotice('src/stack/*-containers.ts and telltale.config.ts'),
    'Secrets first: "telltale secrets". Then: docker compose -f docker-compose.monitoring.yml up -d',
    'No container may write to its root, gain privileges or keep a capability. Exceptions:',
    ...exceptions.map((exception) => `- ${exception}`),
  ];
  return lines.map((line) => `# ${line}\n`).join('');
}

function service(container: Container, model: Model): YamlValue {
  const { command, environment, secrets, after, profile, privileged = false, workingFolder } = container;
  return {
    image: imageReference(container.image),
    profiles: profile === undefined ? undefined : [profile],
    user: images[container.image].user,
    privileged: privileged ? true : undefined,
    read_only: true,
    cap_drop: privileged ? undefined : ['ALL'],
    security_opt: privileged ? undefined : ['no-new-privileges:true'],
    working_dir: workingFolder,
    command: nonEmpty(command),
    environment,
    ports: ports(container, model),
    volumes: nonEmpty(container.mounts.map(volume)),
    tmpfs: ['/tmp:rw,noexec,nosuid,size=64m'],
    secrets: nonEmpty(secrets),
    networks: container.networks.flatMap((name) => networksOf(name, model)),
    extra_hosts: container.reachesHost ? ['host.docker.internal:host-gateway'] : undefined,
    depends_on:
      after === undefined
        ? undefined
        : Object.fromEntries(after.map((name) => [name, { condition: 'service_healthy' }])),
    healthcheck: {
      test: [
        'CMD',
        'wget',
        '-q',
        '-O',
        '/dev/null',
        `http://127.0.0.1:${container.port.container}${container.healthPath}`,
      ],
      interval: '15s',
      timeout: '5s',
      retries: 5,
      start_period: '20s',
    },
    deploy: { resources: { limits: { cpus: container.limits.cpus, memory: container.limits.memory, pids: 200 } } },
    logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
    restart: 'unless-stopped',
    stop_grace_period: container.stopGrace,
  };
}

function ports({ port }: Container, { stack }: Model): YamlValue {
  if (port.host === undefined) return undefined;
  return [{ target: port.container, published: String(port.host), host_ip: stack.bindAddress, protocol: 'tcp' }];
}

/** A source that is missing is an error: Docker would make an empty folder of it. */
function volume(mount: Mount): YamlValue {
  if ('volume' in mount) return { type: 'volume', source: mount.volume, target: mount.target };
  const source = 'host' in mount ? mount.host : mount.source;
  return { type: 'bind', source, target: mount.target, read_only: true, bind: { create_host_path: false } };
}

function networksOf(name: NetworkName, { stack }: Model): readonly string[] {
  return name === 'joined' ? stack.networks : [name];
}

function volumesOf(containers: readonly Container[]): readonly string[] {
  return containers.flatMap(({ mounts }) => mounts.flatMap((mount) => ('volume' in mount ? [mount.volume] : [])));
}

function secretsOf(containers: readonly Container[]): readonly string[] {
  return [...new Set(containers.flatMap(({ secrets }) => secrets))];
}

function nonEmpty<T extends YamlValue>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
