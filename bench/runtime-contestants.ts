/** Who records a process, and what its worker is asked. */

export const runtimeContestants = ['bare', 'bare-again', 'telltale', 'prom-client'] as const;
export type RuntimeContestant = (typeof runtimeContestants)[number];

export interface RuntimeQuestion {
  readonly kind: 'scrape' | 'work' | 'series';
  /** Scrapes, or turns of the event loop. */
  readonly times: number;
}

/** Microseconds of CPU time each; for `series` their number. */
export type RuntimeAnswer = number;
