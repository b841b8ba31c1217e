/** A stack of things that have to be stopped: the last one started is the first one stopped. */
import { TelltaleError } from '../../src/errors.ts';

export interface Stage {
  /** Remembers how to undo something. `name` is used in messages. */
  onClose(name: string, undo: () => void | Promise<void>): void;
  /** Waits for something that can be stopped, and will stop it. */
  use<T extends { stop(): Promise<void>; readonly name?: string }>(started: Promise<T>): Promise<T>;
  /** Undoes everything in reverse order, even if some of it fails. Can be called twice. */
  close(): Promise<void>;
}

/**
 * @example
 * const stage = createStage();
 * try {
 *   const redis = await stage.use(startRedis());
 *   await stage.use(startRedisExporter({ redisUrl: redis.url }));
 * } finally {
 *   await stage.close();
 * }
 */
export function createStage(): Stage {
  const undos: { name: string; undo: () => void | Promise<void> }[] = [];
  const onClose: Stage['onClose'] = (name, undo) => void undos.push({ name, undo });
  return {
    onClose,
    async use(started) {
      const thing = await started;
      onClose(thing.name ?? 'a server', () => thing.stop());
      return thing;
    },
    async close() {
      const failures: { name: string; error: unknown }[] = [];
      for (let next = undos.pop(); next !== undefined; next = undos.pop()) {
        try {
          await next.undo();
        } catch (error) {
          failures.push({ name: next.name, error });
        }
      }
      if (failures.length > 0) throw notStopped(failures);
    },
  };
}

function notStopped(failures: readonly { name: string; error: unknown }[]): TelltaleError {
  const reasons = failures.map(
    ({ name, error }) => `${name} (${error instanceof Error ? error.message : String(error)})`,
  );
  const cause = new AggregateError(failures.map(({ error }) => error));
  return new TelltaleError('TELLTALE_SERVER', `Cannot stop ${reasons.join(', ')}`, { cause });
}
