/** How long a scrape takes, and what a label set weighs, beside the client's own metrics of the same values. */
import type { ScrapeResult } from '../results.ts';
import type { Scale } from '../scale.ts';
import { estimate } from '../statistics.ts';
import { startWorker } from '../worker.ts';
import type { ScrapeAnswer, ScrapeQuestion } from '../workers/scrape-worker.ts';

export async function measureScrape(scale: Scale['scrape']): Promise<ScrapeResult> {
  const worker = await startWorker<ScrapeQuestion, ScrapeAnswer>({
    file: 'scrape-worker.js',
    args: ['scrape'],
    flags: ['--expose-gc', '--no-warnings'],
  });
  try {
    const answer = await worker.ask(scale);
    return {
      ...answer,
      oursMillis: estimate(answer.oursMillis),
      sameRegistryMillis: estimate(answer.sameRegistryMillis),
      clientMillis: estimate(answer.clientMillis),
    };
  } finally {
    await worker.stop();
  }
}
