/** The numbers of the objectives, as texts say them. */
import { type Duration, toSeconds } from './duration.ts';

/** A ratio (0-1) as `5 %`. */
export function percent(ratio: number): string {
  return `${trim(ratio * 100)} %`;
}

/** Seconds as `250 ms`, `1 s`, `5 min`, `26 h` or `3 days`. */
export function humanSeconds(seconds: number): string {
  if (seconds < 1) return `${trim(seconds * 1_000)} ms`;
  if (seconds < 60) return `${trim(seconds)} s`;
  if (seconds < 3_600) return `${trim(seconds / 60)} min`;
  return seconds < 172_800 ? `${trim(seconds / 3_600)} h` : `${trim(seconds / 86_400)} days`;
}

/** A Prometheus duration in words: `5 min`. */
export function humanDuration(duration: Duration): string {
  return humanSeconds(toSeconds(duration));
}

function trim(value: number): string {
  return String(Number(value.toPrecision(6)));
}
