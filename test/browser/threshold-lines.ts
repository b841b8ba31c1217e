/** Each threshold line is where its constant is on the axis: measured in the picture, against two series of known values. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { readPng } from '../../scripts/png/read-png.ts';
import { boxOf } from './box.ts';
import { type Band, colourLines, type ColourLine } from './colour-lines.ts';
import { dataPanels, emittedDashboard, type EmittedPanel } from './emitted.ts';
import { answerPanel, type FixedSeries, inFirstHalf } from './fixed-answers.ts';
import type { Live } from './live-preview.ts';
import { openAll, panelById } from './panels.ts';
import { thresholdPositions } from './threshold-positions.ts';
import { newVisit } from './visit.ts';

/** How far a line may be off: it is drawn on whole pixels, and so is what it is measured with. */
const tolerancePixels = 2;

/** Shares of the time. The series end in the middle: later than that, the threshold lines are alone. */
const early = { from: 0.3, to: 0.45 } as const;
const late = { from: 0.6, to: 0.95 } as const;

export function thresholdLines(live: Live): void {
  describe('the threshold lines', () => {
    it.each(['telltale-api', 'telltale-database', 'telltale-business', 'telltale-infrastructure'])(
      'of %s are where the constants of the JSON are on the axis',
      async (uid) => {
        const { page } = await newVisit(live());
        const panels = dataPanels(emittedDashboard(live().lab.folder, uid)).filter(drawsLines);
        expect(panels).not.toEqual([]);
        for (const panel of panels) await answerPanel(page, panel, { A: rulerOf(panel).map(firstHalf) });
        await openAll(page, uid);
        for (const panel of panels) expect(await measure(page, panel), panel.title).toEqual(expectedOf(panel));
      },
    );
  });
}

interface MeasuredLine {
  readonly colour: string;
  readonly picture: string;
  /** What the page says of it, in `data-thresholds`. */
  readonly page: string;
}

interface Step {
  readonly value: number;
  readonly color: string;
}

function expectedOf(panel: EmittedPanel): MeasuredLine[] {
  return stepsOf(panel).map(({ color }) => ({ colour: color, picture: 'on its constant', page: 'on its constant' }));
}

/** Lines from the top down, as steps are. */
async function measure(page: Page, panel: EmittedPanel): Promise<MeasuredLine[]> {
  const element = panelById(page, panel.id);
  const picture = readPng(await element.screenshot());
  const plot = await plotOf(element);
  const lines = colourLines(picture, plot(late));
  const axis = axisOf(rulerOf(panel), colourLines(picture, plot(early)).filter(isNotIn(lines)));
  const said = await thresholdPositions(element);
  const steps = stepsOf(panel);
  return lines.map(({ hue, y }, index) => {
    const value = steps[index]?.value ?? NaN;
    return {
      colour: hue,
      picture: verdict(y, axis(value)),
      page: verdict(said.find((position) => position.value === value)?.y, axis(value)),
    };
  });
}

/** Columns of the picture of a panel, from shares of the time. */
async function plotOf(panel: Locator): Promise<(share: Band) => Band> {
  const [outer, inner] = [await boxOf(panel), await boxOf(panel.locator('.u-over'))];
  const column = (share: number): number => Math.round(inner.x - outer.x + share * inner.width);
  return ({ from, to }) => ({ from: column(from), to: column(to) });
}

function drawsLines({ fieldConfig }: EmittedPanel): boolean {
  return !['off', undefined].includes(fieldConfig?.defaults.custom?.thresholdsStyle?.mode);
}

/** The highest first. */
function stepsOf({ fieldConfig }: EmittedPanel): Step[] {
  const steps = fieldConfig?.defaults.thresholds?.steps ?? [];
  return steps.flatMap(({ value, color }) => (value === null ? [] : [{ value, color }])).toReversed();
}

/** Two values, the higher one first, that make the axis reach over all steps. */
function rulerOf(panel: EmittedPanel): readonly [number, number] {
  const values = stepsOf(panel).map(({ value }) => value);
  const [highest, lowest] = [Math.max(...values), Math.min(...values)];
  return highest === 0 ? [0.5, -0.5] : [highest * 1.1, lowest / 2];
}

function firstHalf(value: number): FixedSeries {
  return {
    labels: { environment: 'demo', service: `measures-${value}`, instance: `measures-${value}` },
    value,
    existsAt: inFirstHalf,
  };
}

function isNotIn(lines: readonly ColourLine[]): (line: ColourLine) => boolean {
  return ({ y }) => lines.every((line) => Math.abs(line.y - y) > tolerancePixels);
}

/** Where a value is, from where the two series are. */
function axisOf([high, low]: readonly [number, number], series: readonly ColourLine[]): (value: number) => number {
  const [upper, lower] = series.map(({ y }) => y);
  expect(series, 'the two series that measure').toHaveLength(2);
  if (upper === undefined || lower === undefined) return () => NaN;
  return (value) => lower + ((value - low) / (high - low)) * (upper - lower);
}

function verdict(actual: number | undefined, expected: number): string {
  const off = (actual ?? NaN) - expected;
  return Math.abs(off) <= tolerancePixels ? 'on its constant' : `off by ${off.toFixed(1)} pixels`;
}
