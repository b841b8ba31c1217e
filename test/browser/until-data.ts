/** Waits until the live stack has what is to be looked at. */
import { expect, vi } from 'vitest';
import { proveAll, queriesOf } from '../../servers/lab/prove-lab.ts';
import type { ProofStatus } from '../../src/proof/query-proof.ts';
import type { LivePreview } from './live-preview.ts';

const patience = { timeout: 100_000, interval: 3_000 } as const;

/** Until every query of every dashboard has data, or is allowed not to. */
export async function untilData(
  { lab }: LivePreview,
  { allowed }: { readonly allowed: readonly ProofStatus[] },
): Promise<void> {
  const queries = queriesOf(lab);
  const missing = async (): Promise<string[]> =>
    (await proveAll(lab, queries))
      .filter(({ status }) => !allowed.includes(status))
      .map(({ query, reason }) => `${query.dashboard}, ${query.title}, ${query.refId}: ${reason}`);
  await vi.waitFor(async () => expect(await missing()).toEqual([]), patience);
}
