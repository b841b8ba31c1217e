/** Grafana's variables in a query, filled as Grafana fills them with "All" chosen and a given step. */

export interface Substitution {
  /** Values of dashboard variables; the rest are "All" (`.+`). */
  readonly variables?: Readonly<Record<string, string>>;
  readonly rateIntervalSeconds: number;
  readonly rangeSeconds: number;
  readonly stepSeconds: number;
}

export function substitute(expression: string, options: Substitution): string {
  const windows: Readonly<Record<string, string>> = {
    __rate_interval: `${options.rateIntervalSeconds}s`,
    __range: `${options.rangeSeconds}s`,
    __range_s: String(options.rangeSeconds),
    __interval: `${options.stepSeconds}s`,
  };
  return expression.replace(
    /\$\{(\w+)(?::\w+)?\}|\$(\w+)/g,
    (_match, braced: string | undefined, plain: string | undefined) => {
      const name = braced ?? plain ?? '';
      return windows[name] ?? options.variables?.[name] ?? '.+';
    },
  );
}

/**
 * What Grafana makes of `$__rate_interval`: the step and a scrape, but at least four scrapes.
 * Source: https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/
 */
export function rateIntervalSeconds(stepSeconds: number, scrapeSeconds: number): number {
  return Math.max(stepSeconds + scrapeSeconds, 4 * scrapeSeconds);
}
