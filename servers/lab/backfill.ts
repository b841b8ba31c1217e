/** History for queries that look back: what Prometheus has just scraped, written again as of a day or a week ago. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TelltaleError } from '../../src/errors.ts';
import { toSeconds, type Duration } from '../../src/objectives/duration.ts';
import { prometheusApi, type PrometheusApi, type Series } from '../../src/proof/prometheus-api.ts';
import { tempFolder } from '../process/temp-folder.ts';
import { findPromtool } from '../promtool.ts';

export interface BackfillOptions {
  readonly prometheusUrl: string;
  readonly dataFolder: string;
  /** Names of series to copy. */
  readonly metrics: readonly string[];
  readonly ago: readonly Duration[];
  /** How much to copy, back from now. */
  readonly lastSeconds: number;
}

/**
 * Copies the last minutes of series into the past, as blocks in Prometheus' data folder, twice in a row: around "so long
 * before now", history then goes on for a while after now has moved. Prometheus sees blocks when it starts, or within a
 * minute.
 */
export async function backfill(options: BackfillOptions): Promise<void> {
  const api = prometheusApi(options.prometheusUrl);
  const copies = await Promise.all(options.metrics.map((metric) => recent(api, metric, options.lastSeconds)));
  const promtool = await findPromtool();
  const folder = await tempFolder('backfill');
  try {
    for (const ago of options.ago) {
      const file = join(folder.path, `${ago}.om`);
      await writeFile(file, openMetrics(options, copies, toSeconds(ago)));
      const { code, output } = await promtool.createBlocks(file, options.dataFolder);
      if (code !== 0) throw new TelltaleError('TELLTALE_SERVER', `Cannot write history of ${ago} ago: ${output}`);
    }
  } finally {
    await folder.remove();
  }
}

function recent(api: PrometheusApi, metric: string, seconds: number): Promise<Series[]> {
  return api.query(`{__name__=${JSON.stringify(metric)}}[${seconds}s]`);
}

/** Samples must ascend within a series; families must not interleave. */
function openMetrics(
  { metrics, lastSeconds }: BackfillOptions,
  copies: readonly Series[][],
  agoSeconds: number,
): string {
  const families = metrics.map((metric, index) => [
    `# TYPE ${metric} unknown`,
    ...(copies[index] ?? []).flatMap((series) =>
      [agoSeconds, agoSeconds - lastSeconds].flatMap((shift) => lines(metric, series, shift)),
    ),
  ]);
  return `${families.flat().join('\n')}\n# EOF\n`;
}

function lines(metric: string, { labels, samples }: Series, shiftSeconds: number): string[] {
  const pairs = Object.entries(labels).filter(([label]) => label !== '__name__');
  const set = pairs.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',');
  return samples.map(([seconds, value]) => `${metric}{${set}} ${text(value)} ${(seconds - shiftSeconds).toFixed(3)}`);
}

function text(value: number): string {
  return value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : String(value);
}
