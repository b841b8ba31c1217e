/** A story about one branch of an alert: what Prometheus scrapes, and who is told when. Run by promtool. */
import type { Duration } from '../../src/objectives/duration.ts';

/** Labels that tell the alerts of one rule apart; what the rule sets is added from `alert-facts.ts`. */
export type Labels = Readonly<Record<string, string>>;

/** A series and its samples in promtool's notation, the first at minute 0. */
export type Series = readonly [name: string, samples: string];

export interface Step {
  readonly at: Duration;
  /** Exactly these fire. @default none */
  readonly firing?: readonly Labels[];
  /** Exactly these wait for their `for`; not looked at when left out. */
  readonly pending?: readonly Labels[];
  /** Exact texts of the one alert that fires. */
  readonly texts?: { readonly summary: string; readonly description: string };
}

/** What a story shows: the gate asks for some of these per branch or per alert. */
export type Proof =
  | 'above'
  | 'below'
  | 'before-for'
  | 'guard'
  | 'no-series'
  | 'no-traffic'
  | 'counter-reset'
  | 'instances'
  | 'services'
  | 'recovery'
  | 'exact';

export interface Story {
  readonly alert: string;
  readonly branch: string;
  /** What happens, as a clause. */
  readonly title: string;
  readonly proves: readonly Proof[];
  /** Time between two samples and two evaluations. @default '1m' */
  readonly clock?: StoryClock;
  readonly series: readonly Series[];
  readonly steps: readonly Step[];
}

/** Longer where days must pass; records need two samples in five minutes. */
export type StoryClock = '1m' | '2m' | '4m' | '10m';

type BranchStory = Omit<Story, 'alert' | 'branch'>;

/** Stories of one branch. */
export function storiesOf(alert: string, branch: string, stories: readonly BranchStory[]): readonly Story[] {
  return stories.map((story) => ({ alert, branch, ...story }));
}
