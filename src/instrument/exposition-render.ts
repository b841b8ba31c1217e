/** Renders a registry to text: one render at a time, however many ask for it. */
import { kitCatalog } from '../catalog/kit.ts';
import type { Registry } from './client.ts';
import { metricFactory, type RecorderOptions } from './from-catalog.ts';
import { acquireShared } from './runtime-shared.ts';

export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

export interface ExpositionRenderer {
  /** @throws what a `collect` of the application's throws */
  readonly render: () => Promise<Exposition>;
  readonly dispose: () => void;
}

/**
 * Records what it renders in `telltale_series` and `telltale_scrape_duration_seconds`, which therefore speak of the scrape
 * before.
 */
export function expositionRenderer(options: RecorderOptions): ExpositionRenderer {
  const { value, release } = acquireShared(options, 'exposition', (metrics) => {
    const { registry } = metricFactory(options);
    const series = metrics.gauge(kitCatalog.series);
    const duration = metrics.gauge(kitCatalog.scrapeDuration);
    return {
      render: shareRender(async () => {
        const start = performance.now();
        const exposition = await renderRegistry(registry);
        series.set({}, countSeries(exposition.text));
        duration.set({}, (performance.now() - start) / 1_000);
        return exposition;
      }),
    };
  });
  return { render: value.render, dispose: release };
}

async function renderRegistry(registry: Registry): Promise<Exposition> {
  return { contentType: registry.contentType, text: await registry.metrics() };
}

/** Whoever asks while a render is under way gets its result. */
function shareRender(render: () => Promise<Exposition>): () => Promise<Exposition> {
  let running: Promise<Exposition> | undefined;
  return () => {
    running ??= render().finally(() => {
      running = undefined;
    });
    return running;
  };
}

function countSeries(text: string): number {
  let series = 0;
  for (let at = 0; at < text.length; at = nextLine(text, at)) {
    const first = text.charAt(at);
    if (first !== '#' && first !== '\n') series += 1;
  }
  return series;
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}
