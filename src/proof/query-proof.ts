/** One query and what a Prometheus answered: the record that tests, the proof table and `doctor` share. */

export interface ProofQuery {
  /** Where the query stands: a dashboard's uid, or `variable`. */
  readonly dashboard: string;
  readonly panel: string;
  readonly title: string;
  readonly refId: string;
  /** As emitted, with Grafana's variables. */
  readonly expression: string;
  readonly instant: boolean;
  /** What must happen before it has data, where that is not ordinary traffic. */
  readonly quietUnless?: string;
}

/** `empty`: no finite sample. `quiet`: empty, and allowed to be until its condition is provoked. */
export type ProofStatus = 'data' | 'quiet' | 'empty' | 'error';

export interface QueryProof {
  readonly query: ProofQuery;
  readonly status: ProofStatus;
  readonly series: number;
  /** Finite samples. */
  readonly samples: number;
  /** Why there is no data, or the server's error. */
  readonly reason: string | undefined;
  /** Whether the query looks back on history that was made for the proof, not lived through. */
  readonly onBackfill: boolean;
}

/** How many proofs ended in each status. */
export function tally(proofs: readonly QueryProof[]): Readonly<Record<ProofStatus, number>> {
  const count = (status: ProofStatus): number => proofs.filter((proof) => proof.status === status).length;
  return { data: count('data'), quiet: count('quiet'), empty: count('empty'), error: count('error') };
}
