/** How much is measured: in full, or a fast look while developing. */

export interface Scale {
  readonly title: string;
  /** Rounds long enough that what a process finds cold when its turn comes does not count. */
  readonly isolated: { readonly batches: number; readonly roundsPerBatch: number; readonly requests: number };
  readonly allocations: { readonly requests: number };
  /** Servers start anew for each batch, so that no process is lucky throughout. */
  readonly cpu: {
    readonly batches: number;
    readonly warmUpRequests: number;
    readonly roundsPerBatch: number;
    readonly requests: number;
  };
  readonly scrape: { readonly rounds: number; readonly routes: number };
  readonly runtime: {
    readonly batches: number;
    readonly roundsPerBatch: number;
    readonly scrapes: number;
    readonly turns: number;
  };
  /** Calls per round and process. */
  readonly dropIns: {
    readonly poolQuery: { readonly batches: number; readonly roundsPerBatch: number; readonly calls: number };
    readonly cacheGet: { readonly batches: number; readonly roundsPerBatch: number; readonly calls: number };
  };
  readonly startUp: { readonly imports: number; readonly generates: number };
}

export const fullScale: Scale = {
  title: 'full run',
  isolated: { batches: 4, roundsPerBatch: 25, requests: 20_000 },
  allocations: { requests: 5_000 },
  cpu: { batches: 3, warmUpRequests: 30_000, roundsPerBatch: 14, requests: 5_000 },
  scrape: { rounds: 60, routes: 290 },
  runtime: { batches: 3, roundsPerBatch: 14, scrapes: 200, turns: 1_000 },
  dropIns: {
    poolQuery: { batches: 8, roundsPerBatch: 15, calls: 2_000 },
    cacheGet: { batches: 8, roundsPerBatch: 20, calls: 20_000 },
  },
  startUp: { imports: 15, generates: 9 },
};

export const quickScale: Scale = {
  title: 'quick look: too few rounds to conclude from',
  isolated: { batches: 1, roundsPerBatch: 12, requests: 10_000 },
  allocations: { requests: 2_000 },
  cpu: { batches: 1, warmUpRequests: 15_000, roundsPerBatch: 8, requests: 3_000 },
  scrape: { rounds: 15, routes: 290 },
  runtime: { batches: 1, roundsPerBatch: 8, scrapes: 100, turns: 500 },
  dropIns: {
    poolQuery: { batches: 3, roundsPerBatch: 10, calls: 2_000 },
    cacheGet: { batches: 3, roundsPerBatch: 15, calls: 20_000 },
  },
  startUp: { imports: 5, generates: 3 },
};
