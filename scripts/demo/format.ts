/** Numbers as people read them. */
import type { FigureUnit } from './headlines.ts';

/** A figure with its unit; a dash where there is no data yet. */
export function formatFigure(value: number | undefined, unit: FigureUnit): string {
  if (value === undefined || !Number.isFinite(value)) return '-';
  switch (unit) {
    case 'per second':
      return `${value.toFixed(value < 10 ? 1 : 0)}/s`;
    case 'per hour':
      return `${Math.round(value * 3_600).toLocaleString('en')}/h`;
    case 'seconds':
      return formatSeconds(value);
    case 'ratio':
      return `${(value * 100).toFixed(1)} %`;
    case 'count':
      return Math.round(value).toLocaleString('en');
  }
}

function formatSeconds(seconds: number): string {
  if (seconds >= 1) return `${seconds.toFixed(1)} s`;
  return `${(seconds * 1_000).toFixed(seconds < 0.01 ? 1 : 0)} ms`;
}

/** `2m 05s`. */
export function formatElapsed(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = Math.floor(seconds % 60);
  return minutes === 0 ? `${rest}s` : `${minutes}m ${String(rest).padStart(2, '0')}s`;
}
