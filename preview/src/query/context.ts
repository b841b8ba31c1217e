/** What a query is asked with. No types of @grafana/data in here: the root's tests read it without that package. */

/** The value of one dashboard variable. */
export interface VariableValue {
  readonly name: string;
  /** Chosen values; `['$__all']` for all. */
  readonly values: readonly string[];
  /** What stands for all in a query, e.g. `.+`; without it, all options are listed. */
  readonly allValue?: string;
  readonly options: readonly string[];
  /** Whether several may be chosen: decides how a value is escaped. */
  readonly multi: boolean;
}

export interface QueryContext {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** The range as it was chosen, e.g. `now-15m`: what links carry. */
  readonly rawFrom: string;
  readonly rawTo: string;
  readonly variables: ReadonlyMap<string, VariableValue>;
  readonly scrapeIntervalSeconds: number;
  /** What `${__dashboard.uid}` stands for. */
  readonly dashboard?: { readonly uid: string; readonly title: string };
}
