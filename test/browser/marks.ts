/** Known exemplars and deploys over a graph: each mark is where its time and value are on the axes. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { boxOf } from './box.ts';
import { emittedDashboard, panelOf } from './emitted.ts';
import { answerExemplars, answerExpression, answerPanel } from './fixed-answers.ts';
import type { Live } from './live-preview.ts';
import { openPanel } from './panels.ts';
import { thresholdPositions } from './threshold-positions.ts';
import { newVisit } from './visit.ts';

const uid = 'telltale-api';
const api = { environment: 'demo', service: 'api' } as const;
/** An hour of the past in Unix seconds, so that the axis does not move. */
const hour = { start: 1_760_000_400, end: 1_760_004_000 } as const;
const asParameters = { from: String(hour.start * 1_000), to: String(hour.end * 1_000) };
const tolerancePixels = 3;

export function marks(live: Live): void {
  describe('a mark over a graph', () => {
    it('shows an exemplar at its time and value, and names it', async () => {
      const { page } = await newVisit(live());
      const panel = panelOf(emittedDashboard(live().lab.folder, uid), 'latency');
      const timestamp = hour.start + 900;
      await answerPanel(page, panel, { A: [{ labels: api, value: 0.6 }] });
      for (const { expr } of panel.targets ?? []) await answerExemplars(page, expr, [{ value: '0.35', timestamp }]);
      const element = await openPanel(page, uid, panel.id, asParameters);
      const mark = element.getByRole('button', { name: /^Exemplar/ });
      await mark.waitFor();
      expect(await mark.getAttribute('aria-label')).toBe('Exemplar: 350 ms');
      const expected = { x: await xOf(element, timestamp), y: await yOf(element, 0.35) };
      expect(offset(await middleOf(mark), expected)).toBe('in its place');
    });

    it('shows a deploy from its first sample on', async () => {
      const { page } = await newVisit(live());
      const dashboard = emittedDashboard(live().lab.folder, uid);
      const panel = panelOf(dashboard, 'request-rate');
      const deploys = dashboard.annotations.list.find(({ name }) => name === 'Deploys');
      const [from, to] = [hour.start + 1_200, hour.start + 1_500];
      await answerPanel(page, panel, { A: [{ labels: api, value: 10 }] });
      await answerExpression(page, deploys?.expr ?? '', [
        {
          labels: { ...api, version: '1.1.0', commit: 'abc' },
          value: 1,
          existsAt: (seconds) => seconds >= from && seconds < to,
        },
      ]);
      const element = await openPanel(page, uid, panel.id, asParameters);
      const mark = element.getByRole('button', { name: 'Deploys: Deploy of api 1.1.0' });
      await mark.waitFor();
      const { x } = await boxOf(mark);
      expect(offset({ x, y: 0 }, { x: await xOf(element, from), y: 0 })).toBe('in its place');
    });
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
}

async function xOf(panel: Locator, seconds: number): Promise<number> {
  const { x, width } = await boxOf(panel.locator('.u-over'));
  return x + ((seconds - hour.start) / (hour.end - hour.start)) * width;
}

/** From two threshold lines, which are measured elsewhere. */
async function yOf(panel: Locator, value: number): Promise<number> {
  const [low, high] = await thresholdPositions(panel);
  if (low === undefined || high === undefined) throw new Error('Cannot measure a graph without two threshold lines');
  const share = (value - low.value) / (high.value - low.value);
  return (await boxOf(panel)).y + low.y + share * (high.y - low.y);
}

async function middleOf(element: Locator): Promise<Point> {
  const { x, y, width, height } = await boxOf(element);
  return { x: x + width / 2, y: y + height / 2 };
}

function offset(actual: Point, expected: Point): string {
  const off = Math.hypot(actual.x - expected.x, actual.y - expected.y);
  return off <= tolerancePixels ? 'in its place' : `${off.toFixed(1)} pixels away`;
}
