/**
 * The preview in a real browser, over a live stack. There is one stack for all of it, so the order matters: first what
 * needs no history, while the stack gathers some; then calm, a fault, and its end.
 */
import { afterAll, beforeAll, describe } from 'vitest';
import { accessibility } from './accessibility.ts';
import { calmBoards } from './calm-boards.ts';
import { controlsOfDashboards } from './controls-of-dashboards.ts';
import { faultBegins, faultEnds } from './faults.ts';
import { figures } from './figures.ts';
import { keyboard } from './keyboard.ts';
import { startLivePreview, type LivePreview } from './live-preview.ts';
import { marks } from './marks.ts';
import { narrowScreen } from './narrow-screen.ts';
import { prometheusAway } from './prometheus-away.ts';
import { provokedBoards } from './provoked-boards.ts';
import { runbooks } from './runbooks.ts';
import { seriesNames } from './series-names.ts';
import { tables } from './tables.ts';
import { thresholdLines } from './threshold-lines.ts';
import { weight } from './weight.ts';

describe('the preview, in Chromium', () => {
  let running: LivePreview | undefined;
  const live = (): LivePreview => {
    if (running === undefined) throw new Error('Cannot visit the preview as it has not been started');
    return running;
  };

  beforeAll(async () => {
    running = await startLivePreview();
  });
  afterAll(() => running?.stop());

  thresholdLines(live);
  figures(live);
  seriesNames(live);
  tables(live);
  marks(live);
  runbooks(live);
  controlsOfDashboards(live);
  keyboard(live);
  narrowScreen(live);
  weight(live);
  calmBoards(live);
  accessibility(live);
  faultBegins(live);
  provokedBoards(live);
  faultEnds(live);
  prometheusAway(live);
});
