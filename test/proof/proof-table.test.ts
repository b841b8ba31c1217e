import { describe, expect, it } from 'vitest';
import { proofTable } from '../../src/proof/proof-table.ts';
import type { ProofStatus, QueryProof } from '../../src/proof/query-proof.ts';

function proof(refId: string, status: ProofStatus, more: Partial<QueryProof> = {}): QueryProof {
  const query = {
    dashboard: 'telltale-api',
    panel: 'rate',
    title: 'Request rate',
    refId,
    expression: 'up',
    instant: false,
  };
  return { query, status, series: 2, samples: 1_200, reason: undefined, onBackfill: false, ...more };
}

describe('proofTable()', () => {
  it('aligns a line for each query and sums up', () => {
    const proofs = [
      proof('A', 'data'),
      proof('B', 'data', { onBackfill: true }),
      proof('C', 'empty', { series: 0, samples: 0, reason: 'up exists, but not with job="x"' }),
      proof('D', 'quiet', { series: 0, samples: 0, reason: 'quiet unless a query fails' }),
    ];
    expect(proofTable(proofs)).toBe(
      [
        'dashboard     panel         query  series  samples  status',
        'telltale-api  Request rate  A           2     1200  data',
        'telltale-api  Request rate  B           2     1200  data (on backfilled history)',
        'telltale-api  Request rate  C           0        0  empty: up exists, but not with job="x"',
        'telltale-api  Request rate  D           0        0  quiet: quiet unless a query fails',
        '',
        '2 of 4 queries on 1 panels have data, 1 are quiet, 1 empty, 0 failed; 4 series',
      ].join('\n'),
    );
  });
});
