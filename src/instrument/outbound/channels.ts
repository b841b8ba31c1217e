/** Node's own announcements of outgoing calls, told to those who keep count. Nothing is patched. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Calls } from './call.ts';
import { httpHandlers } from './http.ts';
import { undiciHandlers } from './undici.ts';

/** Finds the dependency of a call. */
export type FindDependency = (authority: string, protocol: string) => string;

/** What to do at a message, by the name of its channel. */
export type Handlers = Readonly<Record<string, (message: never) => void>>;

/** Feeds `calls` until told to stop. `onFailure` hears of what went wrong in here, which never reaches the caller. */
export function subscribeToCalls(calls: Calls, findDependency: FindDependency, onFailure: () => void): () => void {
  const handlers: Handlers = { ...undiciHandlers(calls, findDependency), ...httpHandlers(calls, findDependency) };
  const listeners = Object.entries(handlers).map(([channel, handle]) => {
    const listener = (message: unknown): void => {
      try {
        handle(message as never);
      } catch {
        onFailure();
      }
    };
    subscribe(channel, listener);
    return { channel, listener };
  });
  return () => {
    for (const { channel, listener } of listeners) unsubscribe(channel, listener);
  };
}
