/** The proof as text: one line for each query, aligned, and a line that sums up. */
import { type QueryProof, tally } from './query-proof.ts';

const headings = ['dashboard', 'panel', 'query', 'series', 'samples', 'status'] as const;

export function proofTable(proofs: readonly QueryProof[]): string {
  const rows = proofs.map((proof) => [
    proof.query.dashboard,
    proof.query.title,
    proof.query.refId,
    String(proof.series),
    String(proof.samples),
    statusOf(proof),
  ]);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 3 || column === 4 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(headings), ...rows.map(line), '', summary(proofs)].join('\n');
}

/** `212 of 214 queries on 96 panels have data, 2 are quiet, 0 empty, 0 failed; 1,204 series`. */
export function summary(proofs: readonly QueryProof[]): string {
  const { data, quiet, empty, error } = tally(proofs);
  const panels = new Set(proofs.map(({ query }) => `${query.dashboard}/${query.panel}`)).size;
  const series = proofs.reduce((sum, proof) => sum + proof.series, 0);
  return `${data} of ${proofs.length} queries on ${panels} panels have data, ${quiet} are quiet, ${empty} empty, ${error} failed; ${series.toLocaleString('en')} series`;
}

function statusOf(proof: QueryProof): string {
  const note = proof.onBackfill && proof.status === 'data' ? ' (on backfilled history)' : '';
  return proof.reason === undefined ? proof.status + note : `${proof.status}: ${proof.reason}`;
}
