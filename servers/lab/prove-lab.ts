/** Proves the boards of a lab: every query has data, the quiet ones once what they wait for has been provoked. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startTraffic } from '../../examples/traffic.ts';
import { packOf } from '../../src/generate.ts';
import { packQueries, packSeries } from '../../src/proof/pack-queries.ts';
import { prometheusApi, type RuleState } from '../../src/proof/prometheus-api.ts';
import { proveQueries } from '../../src/proof/prove-queries.ts';
import type { ProofQuery, QueryProof } from '../../src/proof/query-proof.ts';
import { analyse } from '../../src/promql/analysis.ts';
import { backfill } from './backfill.ts';
import type { Lab } from './lab.ts';
import { labClocks } from './lab-clocks.ts';

export interface LabProof {
  /** Every query under ordinary traffic. */
  readonly ordinary: readonly QueryProof[];
  /** Every rule as it stood then: each had been evaluated. */
  readonly rules: readonly RuleState[];
  /** The queries that were quiet then, after each of their conditions was provoked. */
  readonly provoked: readonly QueryProof[];
}

export interface ProveLabOptions {
  readonly progress?: (line: string) => void;
  /** How long traffic runs before the first proof. @default 100 */
  readonly ordinarySeconds?: number;
}

/** Requests a second: enough for every route and every rare event within the time. */
const requestsPerSecond = 40;
const faultySeconds = 30;
const settleSeconds = 20;

export async function proveLab(lab: Lab, options: ProveLabOptions = {}): Promise<LabProof> {
  const { progress = () => {}, ordinarySeconds = 100 } = options;
  const { api, payments } = lab.services;
  const traffic = startTraffic({ api: api.url, payments: payments.url, requestsPerSecond, pattern: 'steady' });
  try {
    progress(`ordinary traffic for ${ordinarySeconds} s`);
    await sleep(ordinarySeconds * 1_000);
    const ordinary = await proveAll(lab, queriesOf(lab));
    const rules = await prometheusApi(lab.prometheus.url).rules();
    const quiet = ordinary.filter(({ status }) => status === 'quiet').map(({ query }) => query);
    progress(`${quiet.length} queries are quiet: provoking errors, and history of a day and a week`);
    await provoke(lab);
    return { ordinary, rules, provoked: await proveAll(lab, quiet) };
  } finally {
    await traffic.stop();
  }
}

/** The proofs of every query after both passes. */
export function finalProofs({ ordinary, provoked }: LabProof): QueryProof[] {
  return ordinary.map((proof) => provoked.find(({ query }) => query === proof.query) ?? proof);
}

export function queriesOf(lab: Lab): ProofQuery[] {
  return packQueries(packOf(lab.config));
}

export function proveAll(lab: Lab, queries: readonly ProofQuery[]): Promise<QueryProof[]> {
  return proveQueries(queries, {
    prometheus: prometheusApi(lab.prometheus.url),
    known: packSeries(packOf(lab.config)),
    scrapeSeconds: labClocks.scrapeSeconds,
  });
}

/** Answers with 5xx, and then a past for what looks back, those errors included. */
async function provoke(lab: Lab): Promise<void> {
  await lab.services.fault('api', 'errors', { on: true });
  await sleep(faultySeconds * 1_000);
  await giveHistory(lab);
  await sleep(settleSeconds * 1_000);
}

/** A day and a week ago for what looks back: what was scraped in the last minutes. Restarts Prometheus, which then has it. */
export async function giveHistory(lab: Lab): Promise<void> {
  await backfill({
    prometheusUrl: lab.prometheus.url,
    dataFolder: lab.dataFolder,
    metrics: lookedBackOn(queriesOf(lab)),
    ago: ['1d', '1w'],
    lastSeconds: 150,
  });
  await lab.prometheus.restart();
}

/** Names of series that some query reads with an offset. */
function lookedBackOn(queries: readonly ProofQuery[]): string[] {
  const back = queries.filter(({ expression }) => /\boffset\s/.test(expression));
  const metrics = back.flatMap(({ expression }) => analyse(expression).selectors.map(({ metric }) => metric));
  return [...new Set(metrics)].sort();
}
