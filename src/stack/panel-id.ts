/** Grafana's panel ids as a function of the panel's name: a link outlives a panel that moves, and needs no register. */

const greatest = 99_999;

/** 1 to 99999, from the dashboard's uid and the panel's key (FNV-1a). Two panels of a dashboard may collide: `join.ts` looks. */
export function panelId(uid: string, key: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${uid}/${key}`)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return (hash % greatest) + 1;
}
