/** A container of the compose stack, as data. How it becomes YAML is in `src/emit/compose.ts`. */
import type { ImageName } from './images.ts';

/**
 * `monitoring`: reaches out, and is reached through published ports. `exporters`: internal, without a way out.
 * `joined`: the user's own networks, in which services and datastores live.
 */
export type NetworkName = 'monitoring' | 'exporters' | 'joined';

export type Mount =
  /** A file or folder beside the compose file, read-only. */
  | { readonly source: string; readonly target: string }
  /** A folder of the host, read-only. */
  | { readonly host: string; readonly target: string }
  | { readonly volume: string; readonly target: string };

export interface Container {
  readonly name: string;
  readonly image: ImageName;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  /** Files of `monitoring/secrets/`, mounted at `/run/secrets/<name>`. */
  readonly secrets: readonly string[];
  readonly networks: readonly NetworkName[];
  /** Whether it speaks to programs on the host itself, as `host.docker.internal`. */
  readonly reachesHost: boolean;
  /** Port it listens on, and the port of the host it is published on, if it is. */
  readonly port: { readonly container: number; readonly host?: number };
  /** Path that answers when it is well. Every image here brings busybox' wget. */
  readonly healthPath: string;
  /** Containers that must be well before it starts. */
  readonly after?: readonly string[];
  readonly limits: { readonly cpus: string; readonly memory: string };
  readonly stopGrace: `${number}s`;
  readonly workingFolder?: string;
  readonly profile?: string;
  readonly privileged?: boolean;
  /** What it may do that the others may not, and why: printed at the head of the file. */
  readonly exception?: string;
}
