import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { toModel } from '../../src/config/to-model.ts';
import { composeFile, escapeCompose } from '../../src/emit/compose.ts';

const small: Config = { services: [{ name: 'api', url: 'http://api:3000' }] };
const large: Config = {
  services: [
    { name: 'api', url: 'http://api:3000', database: true, redis: true },
    {
      name: 'billing',
      url: 'https://billing.internal',
      database: { address: 'db.internal:5432/billing?sslmode=require' },
    },
    { name: 'search', url: 'http://search:1', database: { exporter: 'elsewhere:9187' }, redis: { owner: 'api' } },
  ],
  exporters: { containers: true },
  stack: { networks: ['shop_default'], bindAddress: '10.0.0.1', ports: { grafana: 3031 } },
  receivers: [{ name: 'chat', kind: 'slack', severities: ['critical'], secretFile: 'slack-url' }],
};

interface Service {
  readonly [key: string]: unknown;
  readonly image: string;
  readonly user: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly {
    readonly type: string;
    readonly source: string;
    readonly target: string;
    readonly read_only?: boolean;
  }[];
  readonly ports?: readonly { readonly target: number; readonly published: string; readonly host_ip: string }[];
  readonly networks: readonly string[];
  readonly secrets?: readonly string[];
  readonly tmpfs: readonly string[];
  readonly healthcheck: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly deploy: { readonly resources: { readonly limits: Readonly<Record<string, unknown>> } };
}

interface Document {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean; readonly external?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const parse = (config: Config): Document => load(composeFile(toModel(config))) as Document;
const documents = [{}, small, large].map(parse);
const services = documents.flatMap((document) =>
  Object.entries(document.services).map(([name, service]) => ({ name, service, document })),
);

/** Names of the services that a rule finds fault with. */
const offenders = (broken: (service: Service, document: Document) => boolean): string[] =>
  services.filter(({ service, document }) => broken(service, document)).map(({ name }) => name);

describe('composeFile()', () => {
  it.each([{}, small, large])('follows the compose schema', (config) => {
    const schema = createRequire(import.meta.url)
      .resolve('dclint/package.json')
      .replace('package.json', 'schemas/compose.schema.json');
    const validate = new Ajv({ strict: false, validateFormats: false, validateSchema: false }).compile(
      JSON.parse(readFileSync(schema, 'utf8')) as object,
    );
    validate(parse(config));
    expect(validate.errors).toBeNull();
  });

  it('runs what the model has, and nothing else', () => {
    expect(documents.map((document) => Object.keys(document.services))).toEqual([
      [
        'prometheus',
        'alertmanager',
        'grafana',
        'node-exporter',
        'node-network-exporter',
        'blackbox-exporter',
        'postgres-exporter',
        'redis-exporter',
      ],
      ['prometheus', 'alertmanager', 'grafana', 'node-exporter', 'node-network-exporter', 'blackbox-exporter'],
      [
        'prometheus',
        'alertmanager',
        'grafana',
        'node-exporter',
        'node-network-exporter',
        'blackbox-exporter',
        'postgres-exporter',
        'postgres-exporter-billing',
        'redis-exporter',
        'cadvisor',
      ],
    ]);
  });

  it('restricts every container, apart from cAdvisor', () => {
    expect(offenders(({ user }) => /^0|^root/.test(user))).toEqual(['cadvisor']);
    expect(offenders(({ privileged }) => privileged === true)).toEqual(['cadvisor']);
    expect(offenders(({ cap_drop: dropped }) => JSON.stringify(dropped) !== '["ALL"]')).toEqual(['cadvisor']);
    expect(offenders(({ security_opt: options }) => JSON.stringify(options) !== '["no-new-privileges:true"]')).toEqual([
      'cadvisor',
    ]);
    expect(offenders(({ read_only: root, tmpfs }) => root !== true || tmpfs.length === 0)).toEqual([]);
    expect(parse(large).services['cadvisor']).toMatchObject({ profiles: ['containers'] });
  });

  it('prints the reason of every exception', () => {
    const head = composeFile(toModel(large)).split('\nname:')[0];
    expect([...(head ?? '').matchAll(/^# - (\S+)/gm)].map(([, name]) => name)).toEqual([
      'node-exporter',
      'node-network-exporter',
      'cadvisor',
    ]);
  });

  it('bounds memory, processor, processes, logs and the time to stop, by one way each', () => {
    expect(
      offenders(({ deploy }) => Object.keys(deploy.resources.limits).sort().join() !== 'cpus,memory,pids'),
    ).toEqual([]);
    expect(
      offenders((service) => ['mem_limit', 'cpus', 'pids_limit', 'container_name'].some((key) => key in service)),
    ).toEqual([]);
    expect(offenders(({ logging }) => !JSON.stringify(logging).includes('max-size'))).toEqual([]);
    expect(
      offenders(({ restart, stop_grace_period: grace }) => restart !== 'unless-stopped' || grace === undefined),
    ).toEqual([]);
    expect(documents.filter((document) => 'version' in document)).toEqual([]);
  });

  it('asks each container at 127.0.0.1 whether it is well', () => {
    expect(
      offenders(
        ({ healthcheck: { test } }) => !/^CMD wget -q -O \/dev\/null http:\/\/127\.0\.0\.1:\d+\//.test(test.join(' ')),
      ),
    ).toEqual([]);
    expect(offenders(({ image }) => image.includes('redis_exporter') && !image.endsWith('-alpine'))).toEqual([]);
  });

  it('waits for containers that exist, until they are well', () => {
    const waits = services.flatMap(({ service, document }) =>
      Object.entries(service.depends_on ?? {}).map(([name, { condition }]) => [name in document.services, condition]),
    );
    expect(waits).toEqual([
      [true, 'service_healthy'],
      [true, 'service_healthy'],
      [true, 'service_healthy'],
    ]);
  });

  it('publishes Grafana, Prometheus and Alertmanager on the loopback address, unless told otherwise', () => {
    expect(published(documents[0])).toEqual([
      'prometheus 127.0.0.1:9090:9090',
      'alertmanager 127.0.0.1:9093:9093',
      'grafana 127.0.0.1:3030:3000',
    ]);
    expect(published(documents[2])).toContain('grafana 10.0.0.1:3031:3000');
  });

  it('keeps exporters that look at the host on a network without a way out', () => {
    const inside = Object.entries(parse(large).services).filter(([, { networks }]) => networks.join() === 'exporters');
    expect(inside.map(([name]) => name)).toEqual(['node-exporter', 'node-network-exporter', 'cadvisor']);
    expect(parse(large).networks).toEqual({
      monitoring: {},
      exporters: { internal: true },
      shop_default: { external: true },
    });
  });

  it('declares every network, volume and secret that it uses, and no other', () => {
    const used = documents.map(({ services }) => ({
      networks: new Set(Object.values(services).flatMap(({ networks }) => networks)),
      volumes: new Set(
        Object.values(services).flatMap(({ volumes = [] }) =>
          volumes.filter(({ type }) => type === 'volume').map(({ source }) => source),
        ),
      ),
      secrets: new Set(Object.values(services).flatMap(({ secrets = [] }) => secrets)),
    }));
    const declared = documents.map(({ networks, volumes, secrets }) => ({
      networks: new Set(Object.keys(networks)),
      volumes: new Set(Object.keys(volumes)),
      secrets: new Set(Object.keys(secrets)),
    }));
    expect(used).toEqual(declared);
  });

  it('mounts everything but volumes read-only, and passes secrets as files', () => {
    const binds = services.flatMap(({ service }) => (service.volumes ?? []).filter(({ type }) => type === 'bind'));
    expect(binds.filter(({ read_only: readOnly }) => readOnly !== true)).toEqual([]);
    const suspicious = services.flatMap(({ service }) =>
      Object.entries(service.environment ?? {}).filter(
        ([name, value]) =>
          /PASS|SECRET|TOKEN|KEY/.test(name) && !value.startsWith('/run/secrets/') && value !== 'false',
      ),
    );
    expect(suspicious.filter(([name]) => name !== 'GF_SECURITY_DISABLE_GRAVATAR')).toEqual([]);
    expect(parse(large).secrets).toMatchObject({ 'slack-url': { file: './monitoring/secrets/slack-url' } });
  });

  it('logs in to the database that the config names, over TLS where it says so', () => {
    expect(parse(large).services['postgres-exporter-billing']?.environment).toEqual({
      DATA_SOURCE_URI: 'db.internal:5432/billing?sslmode=require',
      DATA_SOURCE_USER: 'telltale_monitor',
      DATA_SOURCE_PASS_FILE: '/run/secrets/postgres-exporter-billing-password',
    });
  });
});

describe('escapeCompose()', () => {
  it('keeps every text as it is once Compose has replaced variables', () => {
    const text = fc.string({ unit: fc.constantFrom('$', '{', '}', 'A', '_', '-', ' ') });
    const property = fc.property(text, (value) => {
      expect(interpolate(escapeCompose(value))).toBe(value);
    });
    fc.assert(property);
  });
});

/** As Compose does it: `$$` is a dollar, `$NAME` and `${NAME}` are variables. */
function interpolate(text: string): string {
  return text.replace(/\$(\$|\w+|\{[^}]*\})?/g, (_, rest: string | undefined) => (rest === '$' ? '$' : 'REPLACED'));
}

function published(document: Document | undefined): string[] {
  return Object.entries(document?.services ?? {}).flatMap(([name, { ports = [] }]) =>
    ports.map(({ target, published: port, host_ip }) => `${name} ${host_ip}:${port}:${target}`),
  );
}
