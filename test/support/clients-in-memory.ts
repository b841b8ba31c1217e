/** Which clients of a pool are still in memory, whether the pool has them or not. */
import { setTimeout as sleep } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import type { Pool } from 'pg';

export interface ClientsInMemory {
  /** How many there have been. */
  readonly seen: () => number;
  /** Of those that the pool no longer has, how many are left, given the time that connections take to close. */
  readonly left: () => Promise<number>;
}

/** From now on. */
export function clientsInMemory(pool: Pool): ClientsInMemory {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const clients = new Set<WeakRef<object>>();
  pool.on('connect', (client) => void clients.add(new WeakRef(client)));
  const left = (): number => [...clients].filter((client) => client.deref() !== undefined).length - pool.totalCount;
  return {
    seen: () => clients.size,
    left: async () => {
      for (let wait = 0; wait < 100 && left() > 0; wait += 1) {
        // What a promise or a socket still holds is let go of in later turns of the event loop.
        await sleep(100);
        collectGarbage();
      }
      return left();
    },
  };
}
