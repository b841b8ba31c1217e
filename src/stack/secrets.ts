/** The secrets of the compose stack: what `telltale secrets` writes, and what only the user can. */
import type { Model } from '../model/model.ts';
import { bundled, passwordOf, passwordsOf, postgresRole } from './exporter-containers.ts';
import { grafanaPassword, grafanaSecretKey } from './monitoring-containers.ts';

/** Folder of the secrets, relative to the output; git ignores it. */
export const secretsFolder = 'monitoring/secrets';

export interface Secret {
  /** Name of its file. */
  readonly file: string;
  readonly describes: string;
  /** `random`: made by `telltale secrets`. `text`: a start that works without a password. `given`: the user's to write. */
  readonly origin: 'random' | 'given' | { readonly text: string };
}

export function secretsOf(model: Model): readonly Secret[] {
  const secrets: readonly Secret[] = [
    { file: grafanaPassword, describes: 'password of the user "admin" of Grafana', origin: 'random' },
    { file: grafanaSecretKey, describes: 'key that Grafana encrypts its own secrets with', origin: 'random' },
    ...bundled(model, 'database').map(({ container, service }) => ({
      file: passwordOf(container),
      describes: `password of the role ${postgresRole} in the database of ${service.name}`,
      origin: 'random' as const,
    })),
    ...bundled(model, 'redis').map(({ container, address, service }) => ({
      file: passwordsOf(container),
      describes: `password of the Redis of ${service.name}, by its address; empty where it has none`,
      origin: { text: `${JSON.stringify({ [`redis://${address}`]: '' })}\n` },
    })),
    ...model.receivers.map(({ name, kind, secretFile }) => ({
      file: secretFile,
      describes: `secret of the receiver ${name} (${kind})`,
      origin: 'given' as const,
    })),
  ];
  return secrets.filter(({ file }, index) => secrets.findIndex((other) => other.file === file) === index);
}
