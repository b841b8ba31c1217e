/** What the recorders of one registry share: made by the first user, disposed of with the last. */
import type { Naming } from '../../catalog/naming.ts';
import { loadClient, type Registry } from './client.ts';
import type { RecorderOptions } from './from-catalog.ts';
import { type BoundedMetrics, boundedMetrics } from './bounded-metrics.ts';

interface Entry {
  readonly value: unknown;
  readonly registered: () => boolean;
  readonly dispose: () => void;
  users: number;
}

/** Hangs on the registry, not in a module: two copies of this package then record into the same metrics. */
const sharedOf = Symbol.for('telltale.shared');

export interface Shared<T> {
  readonly value: T;
  /** Call once per acquire; further calls of the same handle do nothing. */
  readonly release: () => void;
}

/** Makes the recorders of a group; `onDispose` takes what stops the timers and listeners it started. */
export type CreateShared<T extends object> = (metrics: BoundedMetrics, onDispose: (stop: () => void) => void) => T;

/**
 * The one `group` of recorders of a registry and naming, made on first use.
 * @throws TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 */
export function acquireShared<T extends object>(
  options: RecorderOptions,
  group: string,
  create: CreateShared<T>,
): Shared<T> {
  const registry = options.registry ?? loadClient().register;
  const groups = groupsOf(registry);
  const key = keyOf(group, options.naming ?? 'prometheus');
  const found = groups.get(key);
  const entry = found?.registered() === true ? found : createEntry(options, create);
  groups.set(key, entry);
  entry.users += 1;
  let held = true;
  const release = (): void => {
    if (!held) return;
    held = false;
    entry.users -= 1;
    if (entry.users > 0) return;
    if (groups.get(key) === entry) groups.delete(key);
    entry.dispose();
  };
  return { value: entry.value as T, release };
}

/** The group as it stands, made by whoever; undefined where nobody has, or somebody has cleared the registry. */
export function findShared<T extends object>(options: RecorderOptions, group: string): T | undefined {
  const registry = options.registry ?? loadClient().register;
  const entry = groupsOf(registry).get(keyOf(group, options.naming ?? 'prometheus'));
  return entry?.registered() === true ? (entry.value as T) : undefined;
}

function createEntry(options: RecorderOptions, create: CreateShared<object>): Entry {
  const metrics = boundedMetrics(options);
  const stops: (() => void)[] = [metrics.dispose];
  const dispose = (): void => {
    for (const stop of stops.splice(0)) stop();
  };
  try {
    const value = create(metrics, (stop) => stops.push(stop));
    return { value, registered: metrics.registered, dispose, users: 0 };
  } catch (error) {
    dispose();
    throw error;
  }
}

function groupsOf(registry: Registry): Map<string, Entry> {
  const holder = registry as { [sharedOf]?: Map<string, Entry> };
  const found = holder[sharedOf];
  if (found !== undefined) return found;
  const groups = new Map<string, Entry>();
  Object.defineProperty(holder, sharedOf, { value: groups });
  return groups;
}

function keyOf(group: string, naming: Naming): string {
  return `${group} ${typeof naming === 'string' ? naming : JSON.stringify(naming)}`;
}
