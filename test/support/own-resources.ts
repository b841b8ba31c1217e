/** Timers, handles and observers that the project's own code has made: also those that keep no process alive. */
import { createHook } from 'node:async_hooks';

export interface OwnResources {
  /** Those that are still there, as "type at file:line". */
  readonly left: () => readonly string[];
  readonly stop: () => void;
}

/** Of no consequence: they end by themselves at the end of a turn. */
const passing = new Set(['PROMISE', 'TickObject', 'Microtask', 'Immediate']);

/** Whoever stands first in the stack, Node aside, has made a resource. */
export function watchOwnResources(): OwnResources {
  const places = new Map<number, string>();
  const hook = createHook({
    init: (id, type) => {
      if (passing.has(type)) return;
      const [, ...frames] = (new Error('made here').stack ?? '').split('\n');
      const maker = frames.find((frame) => !frame.includes('node:') && !frame.includes('own-resources.ts'));
      const place = /\/(src\/.*?:\d+):\d+/.exec(maker ?? '')?.[1];
      if (place !== undefined && !maker?.includes('node_modules')) places.set(id, `${type} at ${place}`);
    },
    destroy: (id) => places.delete(id),
  }).enable();
  return { left: () => [...places.values()], stop: () => void hook.disable() };
}
