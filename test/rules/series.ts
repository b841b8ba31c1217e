/** Words for the series of stories: what one sample interval adds, times how many intervals. */
import type { Labels, Series } from './story.ts';

export const api = { environment: 'production', service: 'api' } as const;
export const payments = { environment: 'production', service: 'payments' } as const;
export const staging = { environment: 'staging', service: 'api' } as const;
export const platform = { environment: 'production', service: 'platform' } as const;

export function series(metric: string, labels: Labels, samples: string): Series {
  const matchers = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return [`${metric}{${matchers.join(',')}}`, samples];
}

/** A gauge that stays. */
export function flat(value: number, samples = 90): string {
  return `${value}x${samples}`;
}

/** A counter that grows evenly. */
export function growing(perSample: number, samples = 90): string {
  return phases([perSample, samples]);
}

/** A counter that grows by so much a sample, for so many samples, and then otherwise. */
export function phases(...parts: readonly (readonly [perSample: number, samples: number])[]): string {
  let value = 0;
  const texts = parts.map(([perSample, samples]) => {
    const first = value + perSample;
    value += perSample * samples;
    return `${exact(first)}+${exact(perSample)}x${samples - 1}`;
  });
  return ['0', ...texts].join(' ');
}

/** A gauge that changes: each value for so many samples. */
export function levels(...parts: readonly (readonly [value: number, samples: number])[]): string {
  return parts.map(([value, samples]) => `${value}x${samples - 1}`).join(' ');
}

interface RequestLabels {
  readonly status?: string;
  readonly route?: string;
  readonly instance?: string;
}

/** Requests by count. */
export function requests(who: Labels, samples: string, labels: RequestLabels = {}): Series {
  return series('http_request_duration_seconds_count', requestLabels(who, labels), samples);
}

/** Requests by time, the count included: the bounds are cumulative. `samples` makes samples of what one interval adds. */
export function timedRequests(
  who: Labels,
  bounds: Readonly<Record<string, number>>,
  labels: RequestLabels = {},
  samples: (perSample: number) => string = growing,
): readonly Series[] {
  const own = requestLabels(who, labels);
  const all = bounds['+Inf'] ?? 0;
  const buckets = Object.entries(bounds).map(([le, perSample]) =>
    series('http_request_duration_seconds_bucket', { ...own, le }, samples(perSample)),
  );
  return [...buckets, series('http_request_duration_seconds_count', own, samples(all))];
}

/** A target of a service, and of what runs beside it. */
export function target(who: Labels, job = 'app', instance = 'a:3000'): Labels {
  return { ...who, job, instance };
}

function requestLabels(who: Labels, { status = '200', route = '/things', instance = 'a:3000' }: RequestLabels): Labels {
  return { ...target(who, 'app', instance), method: 'GET', route, status_code: status };
}

function exact(value: number): number {
  return Number(value.toPrecision(12));
}
