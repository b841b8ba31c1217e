/**
 * What the preview server answers its page with: JSON, read by `preview/src/`, which imports these types.
 *
 * | path                                | answer                                                               |
 * | ----------------------------------- | -------------------------------------------------------------------- |
 * | GET /api/preview                    | PreviewInfo                                                          |
 * | GET /api/dashboards/:uid            | the dashboard's JSON as emitted                                      |
 * | GET /api/runbooks/<path>            | Markdown, text/plain                                                 |
 * | GET or POST /api/prometheus/api/v1/ | what Prometheus answers; allowed paths only                          |
 * | GET /api/alertmanager/api/v2/       | what Alertmanager answers; allowed paths only; 404 when there is none |
 * | GET /api/controls                   | Control[]; 404 when there are none                                   |
 * | POST /api/controls/:name            | `{ "on": boolean }` in, Control out                                  |
 *
 * Errors are `{ "error": string }` with a status; the sentence is for people.
 */

export interface PreviewInfo {
  /** Absolute address of the Prometheus that is asked, without credentials. */
  readonly prometheus: string;
  /** Absolute address of Alertmanager, when there is one. */
  readonly alertmanager?: string;
  /** Seconds between scrapes: what `$__rate_interval` is made from. */
  readonly scrapeIntervalSeconds: number;
  /** Shown first to last. */
  readonly dashboards: readonly DashboardEntry[];
  readonly runbooks: readonly RunbookEntry[];
  /** Time range that dashboards open with instead of their own, e.g. `now-15m`. */
  readonly from?: string;
  /** Refresh that dashboards open with instead of their own, e.g. `5s`. */
  readonly refresh?: string;
  /** Whether there are controls. */
  readonly controls: boolean;
}

export interface DashboardEntry {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
}

export interface RunbookEntry {
  /** Below the folder of runbooks, e.g. `rollback.md` or `alerts/HighErrorRate.md`. */
  readonly path: string;
  /** Its first heading. */
  readonly title: string;
  readonly kind: 'index' | 'runbook' | 'alert';
}

/** A switch of the demo: something that goes wrong while it is on. */
export interface Control {
  readonly name: string;
  readonly title: string;
  /** One or two sentences: what goes wrong. */
  readonly describes: string;
  readonly on: boolean;
  /** Names of alerts that it makes fire; empty when it is none's business. */
  readonly alerts: readonly string[];
  /** What moves, by dashboard uid. */
  readonly shows: Readonly<Record<string, string>>;
}
