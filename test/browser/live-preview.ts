/** What the browser tests run against: the stack of the demo, its preview with the switches, and a browser. */
import type { Browser } from 'playwright-core';
import { startDemoLab } from '../../scripts/demo/demo-lab.ts';
import { startInbox } from '../../scripts/demo/inbox.ts';
import { untilSampled } from '../../scripts/demo/until-sampled.ts';
import { launchChromium } from '../../servers/chromium.ts';
import type { Lab } from '../../servers/lab/lab.ts';
import { labClocks } from '../../servers/lab/lab-clocks.ts';
import { freePort } from '../../servers/process/free-ports.ts';
import { createStage, type Stage } from '../../servers/process/stage.ts';
import { startPreview } from '../../src/preview/start-preview.ts';

export interface LivePreview {
  readonly browser: Browser;
  readonly lab: Lab;
  /** Where the preview is found. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Gives what `beforeAll` has started. */
export type Live = () => LivePreview;

/** Enough for every route and every rare event within a minute. */
const requestsPerSecond = 40;

/** @throws TELLTALE_SERVER for what is missing: Chromium first, since that is the rarest. */
export async function startLivePreview(): Promise<LivePreview> {
  const stage = createStage();
  try {
    return await start(stage);
  } catch (error) {
    await stage.close();
    throw error;
  }
}

async function start(stage: Stage): Promise<LivePreview> {
  const browser = await launchChromium();
  stage.onClose('Chromium', () => browser.close());
  const inbox = await stage.use(startInbox());
  // Chosen before anything starts: what is generated links to the page.
  const port = await freePort();
  const page = `http://127.0.0.1:${port}`;
  const { lab, controls } = await stage.use(startDemoLab({ page, inbox: inbox.url, requestsPerSecond }));
  const preview = await stage.use(
    startPreview({
      prometheus: lab.prometheus.url,
      alertmanager: lab.alertmanager.url,
      folder: lab.folder,
      port,
      scrapeIntervalSeconds: labClocks.scrapeSeconds,
      controls,
      from: 'now-15m',
    }),
  );
  await untilSampled(lab.prometheus.url, AbortSignal.timeout(30_000));
  return { browser, lab, url: preview.url, stop: () => stage.close() };
}
