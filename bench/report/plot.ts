/** docs/bench.svg: what each contestant adds to a request, in isolation and on a real server. */
import { allContestants } from '../contestants.ts';
import type { Results } from '../results.ts';
import type { Estimate } from '../statistics.ts';
import { figure } from './figures.ts';

interface Panel {
  readonly title: string;
  readonly left: number;
  /** In microseconds. */
  readonly valueOf: (id: string) => Estimate | undefined;
}

const rowHeight = 34;
const top = 84;
const labelWidth = 250;
const panelWidth = 330;
const plotWidth = 250;
const compared = allContestants.filter(({ id }) => id !== 'bare');

export function benchPlot({ isolated, cpu }: Results): string {
  const panels: readonly Panel[] = [
    { title: 'middleware alone', left: labelWidth, valueOf: (id) => inMicros(isolated.get(id)?.nanos) },
    {
      title: 'CPU of a real server',
      left: labelWidth + panelWidth,
      valueOf: (id) => cpu.byContestant.get(id)?.addedMicros,
    },
  ];
  const width = labelWidth + panels.length * panelWidth;
  const height = top + compared.length * rowHeight + 44;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="Inter, Segoe UI, Helvetica, Arial, sans-serif" font-size="13" fill="#0f172a" role="img" aria-label="Microseconds that each contestant adds to a request">
<rect width="${width}" height="${height}" rx="10" fill="#ffffff"/>
<text x="24" y="34" font-size="17" font-weight="650">Added to each request, in microseconds</text>
${compared.map(({ title }, row) => `<text x="${labelWidth - 14}" y="${middleOf(row) + 5}" text-anchor="end">${title}</text>`).join('\n')}
${panels.map(panelOf).join('\n')}
<text x="24" y="${height - 16}" fill="#64748b">Bars: medians of paired rounds. Lines: their 95 % intervals. Shaded: what bare Express measured twice differs by.</text>
</svg>
`;
}

function panelOf({ title, left, valueOf }: Panel): string {
  const values = compared.map(({ id }) => ({ id, value: valueOf(id) }));
  const most = Math.max(...values.map(({ value }) => value?.high ?? 0), Number.MIN_VALUE);
  const least = Math.min(...values.map(({ value }) => value?.low ?? 0), 0);
  const at = (micros: number): number => left + ((micros - least) / (most - least)) * plotWidth;
  const noise = valueOf('bare-again');
  return [
    `<text x="${left}" y="64" font-weight="600">${title}</text>`,
    noise === undefined ? '' : noiseBand(at(noise.low), at(noise.high)),
    `<path d="M${px(at(0))} ${top - 8}V${top + compared.length * rowHeight}" stroke="#94a3b8"/>`,
    ...values.map(({ id, value }, row) =>
      value === undefined
        ? `<text x="${px(at(0) + 6)}" y="${middleOf(row) + 5}" fill="#64748b">no middleware to call</text>`
        : rowOf({ at, row, value, colour: id === 'telltale' ? '#0f766e' : '#94a3b8' }),
    ),
  ].join('\n');
}

interface Row {
  readonly at: (micros: number) => number;
  readonly row: number;
  readonly value: Estimate;
  readonly colour: string;
}

function rowOf({ at, row, value, colour }: Row): string {
  const [from, to] = [Math.min(at(0), at(value.median)), Math.max(at(0), at(value.median))];
  const y = middleOf(row);
  return [
    `<rect x="${px(from)}" y="${y - 9}" width="${px(Math.max(1, to - from))}" height="18" rx="2" fill="${colour}"/>`,
    `<path d="M${px(at(value.low))} ${y}H${px(at(value.high))}" stroke="#0f172a" stroke-width="1.5"/>`,
    `<text x="${px(at(Math.max(value.high, 0)) + 8)}" y="${y + 5}">${figure(value.median)}</text>`,
  ].join('');
}

function noiseBand(from: number, to: number): string {
  const height = compared.length * rowHeight + 8;
  return `<rect x="${px(from)}" y="${top - 8}" width="${px(Math.max(1, to - from))}" height="${height}" fill="#fde68a" opacity="0.6"/>`;
}

function inMicros(nanos: Estimate | undefined): Estimate | undefined {
  if (nanos === undefined) return undefined;
  return { median: nanos.median / 1_000, low: nanos.low / 1_000, high: nanos.high / 1_000 };
}

function middleOf(row: number): number {
  return top + row * rowHeight + rowHeight / 2;
}

function px(value: number): string {
  return value.toFixed(1);
}
