/** What keeps the event loop alive, counted by type. */

interface NodeInternals {
  readonly _getActiveHandles?: () => readonly object[];
  readonly _getActiveRequests?: () => readonly object[];
  readonly getActiveResourcesInfo?: () => readonly string[];
}

const internals = process as NodeInternals;

/** Timers, sockets and file operations, as Node names them. */
export function activeResources(): ReadonlyMap<string, number> {
  return countByName(internals.getActiveResourcesInfo?.() ?? []);
}

/** Handles by the name of their class. */
export function activeHandles(): ReadonlyMap<string, number> {
  return countByName((internals._getActiveHandles?.() ?? []).map(className));
}

/** Requests by the name of their class; those of files also when there are none, as "none" is 0 and not "no data". */
export function activeRequests(): ReadonlyMap<string, number> {
  const names = (internals._getActiveRequests?.() ?? []).map(className);
  return new Map([['FSReqCallback', 0], ...countByName(names)]);
}

function className(value: object): string {
  const constructor = (value as { readonly constructor?: { readonly name?: unknown } }).constructor;
  return typeof constructor?.name === 'string' && constructor.name !== '' ? constructor.name : 'anonymous';
}

function countByName(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
