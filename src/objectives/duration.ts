/** Prometheus durations. */
export type Duration = `${number}${'s' | 'm' | 'h' | 'd' | 'w'}`;

/** The window that Grafana computes for panels: at least four scrapes. */
export const rateInterval = '$__rate_interval';

export type Window = Duration | typeof rateInterval;

const secondsPer = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 } as const;

/** Whether a text is a duration of one unit, such as `5m`. */
export function isDuration(text: string): text is Duration {
  return /^\d+(\.\d+)?[smhdw]$/.test(text);
}

/** Seconds of a duration. */
export function toSeconds(duration: Duration): number {
  const unit = duration.slice(-1) as keyof typeof secondsPer;
  return Number(duration.slice(0, -1)) * secondsPer[unit];
}
