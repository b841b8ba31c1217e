/** How much is measured: in full, or a fast look while developing. */

export interface Scale {
  readonly title: string;
  /** Many short rounds: a neighbour on the machine spoils few of them. */
  readonly isolated: { readonly rounds: number; readonly requests: number };
  readonly allocations: { readonly requests: number };
  /** Servers start anew for each batch, so that no process is lucky throughout. */
  readonly cpu: { readonly batches: number; readonly roundsPerBatch: number; readonly requests: number };
  readonly scrape: { readonly rounds: number; readonly routes: number };
  /** Calls per round and process. */
  readonly dropIns: {
    readonly poolQuery: { readonly batches: number; readonly roundsPerBatch: number; readonly calls: number };
    readonly cacheGet: { readonly batches: number; readonly roundsPerBatch: number; readonly calls: number };
  };
  readonly startUp: { readonly imports: number; readonly generates: number };
}

export const fullScale: Scale = {
  title: 'full run',
  isolated: { rounds: 300, requests: 2_000 },
  allocations: { requests: 5_000 },
  cpu: { batches: 8, roundsPerBatch: 3, requests: 10_000 },
  scrape: { rounds: 60, routes: 290 },
  dropIns: {
    poolQuery: { batches: 8, roundsPerBatch: 15, calls: 2_000 },
    cacheGet: { batches: 8, roundsPerBatch: 20, calls: 20_000 },
  },
  startUp: { imports: 15, generates: 9 },
};

export const quickScale: Scale = {
  title: 'quick look: too few rounds to conclude from',
  isolated: { rounds: 60, requests: 2_000 },
  allocations: { requests: 2_000 },
  cpu: { batches: 2, roundsPerBatch: 3, requests: 3_000 },
  scrape: { rounds: 15, routes: 290 },
  dropIns: {
    poolQuery: { batches: 3, roundsPerBatch: 10, calls: 2_000 },
    cacheGet: { batches: 3, roundsPerBatch: 15, calls: 20_000 },
  },
  startUp: { imports: 5, generates: 3 },
};
