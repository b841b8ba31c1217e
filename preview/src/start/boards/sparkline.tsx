/** How a figure came to be, without axes: its shape says whether it is as usual. */
import { useId } from 'react';

const width = 120;
const height = 36;
/** Keeps the line inside of the drawing. */
const margin = 2;

interface SparklineProps {
  readonly values: readonly number[];
  readonly colour: string;
}

export function Sparkline({ values, colour }: SparklineProps): React.ReactElement {
  const gradient = useId();
  const line = values.length < 2 ? '' : lineThrough(values);
  const isFlat = values.every((value) => value === values[0]);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden style={{ width: '100%', height }}>
      <linearGradient id={gradient} x1="0" x2="0" y1="0" y2="1">
        <stop offset="0" stopColor={colour} stopOpacity={0.25} />
        <stop offset="1" stopColor={colour} stopOpacity={0} />
      </linearGradient>
      {isFlat || <path d={`${line} V${height} H0 Z`} fill={`url(#${gradient})`} />}
      <path d={line} fill="none" stroke={colour} strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

function lineThrough(values: readonly number[]): string {
  const least = Math.min(...values);
  const span = Math.max(...values) - least;
  const points = values.map((value, index) => {
    const x = (index / (values.length - 1)) * width;
    const share = span === 0 ? flatAt(least) : (value - least) / span;
    return `${x.toFixed(1)} ${(height - margin - share * (height - 2 * margin)).toFixed(1)}`;
  });
  return `M${points.join(' L')}`;
}

/** What does not change is drawn in the middle, and nothing at the bottom. */
const flatAt = (value: number): number => (value === 0 ? 0 : 0.5);
