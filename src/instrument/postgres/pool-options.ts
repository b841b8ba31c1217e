/** Options of instrumentPool() and instrumentPgClient(). */
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { aText, checkOptions, type OptionRules, recorderRules } from '../metrics/option-checks.ts';

export interface InstrumentPoolOptions extends RecorderOptions {
  /**
   * Value of the `pool` label; give each pool of a process its own. Pools of one name are added up.
   * @default 'default'
   */
  readonly name?: string;
  /** A query that takes this long or longer counts in `db_slow_queries_total`. Seconds. @default 0.5 */
  readonly slowQuerySeconds?: number;
}

const poolRules: OptionRules = {
  ...recorderRules,
  name: aText,
  slowQuerySeconds: {
    expects: 'a number of seconds above 0',
    accepts: (value) => typeof value === 'number' && value > 0,
  },
};

export interface PoolSettings {
  readonly name: string;
  readonly slowQuerySeconds: number;
}

/** @throws TELLTALE_OPTION naming every option that is unknown or out of its rule. */
export function poolSettings(caller: string, options: InstrumentPoolOptions): PoolSettings {
  checkOptions(`use ${caller}`, options, poolRules);
  return { name: options.name ?? 'default', slowQuerySeconds: options.slowQuerySeconds ?? 0.5 };
}
