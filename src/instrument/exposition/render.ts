/** Renders a registry: one collection at a time, however many ask for it and in whatever format. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { kitCatalog } from '../../catalog/kit.ts';
import { collectMetrics } from './collect.ts';
import { contentTypes, type ExpositionFormat, formatOf } from './format.ts';
import { shareCalls } from './share-calls.ts';
import { writeExposition } from './write.ts';
import { metricFactory, type RecorderOptions } from '../metrics/from-catalog.ts';
import { acquireShared } from '../metrics/shared-parts.ts';

export interface Exposition {
  readonly contentType: string;
  readonly body: Buffer;
  /** The body compressed, once for all who ask. */
  readonly gzipped: () => Promise<Buffer>;
}

export interface ExpositionRenderer {
  /** What the registry is set to: for scrapers that do not mind. */
  readonly preferredFormat: () => ExpositionFormat;
  /** @throws what a `collect` of the application's throws */
  readonly render: (format: ExpositionFormat) => Promise<Exposition>;
  readonly dispose: () => void;
}

type RenderAs = (format: ExpositionFormat) => Exposition;

/** The fastest: a page of metrics shrinks to a tenth at any level. */
const compression = { level: 1 };
const compress = promisify(gzip);

/**
 * Records what it renders in `telltale_series` and `telltale_scrape_duration_seconds`, which therefore speak of the scrape
 * before.
 */
export function expositionRenderer(options: RecorderOptions): ExpositionRenderer {
  const { registry } = metricFactory(options);
  const { value, release } = acquireShared(options, 'exposition', (metrics) => {
    const series = metrics.gauge(kitCatalog.series);
    const duration = metrics.gauge(kitCatalog.scrapeDuration);
    let expectedBytes = 0;
    return {
      collect: shareCalls(async () => {
        const start = performance.now();
        const collected = await collectMetrics(registry);
        return oncePerFormat((format) => {
          const { body, lines } = writeExposition(collected, format, expectedBytes);
          expectedBytes = body.length;
          series.set({}, lines);
          duration.set({}, (performance.now() - start) / 1_000);
          return newExposition(contentTypes[format], body);
        });
      }),
    };
  });
  return {
    preferredFormat: () => formatOf(registry.contentType),
    render: async (format) => (await value.collect())(format),
    dispose: release,
  };
}

function newExposition(contentType: string, body: Buffer): Exposition {
  let compressed: Promise<Buffer> | undefined;
  return {
    contentType,
    body,
    gzipped: () => {
      compressed ??= compress(body, compression);
      return compressed;
    },
  };
}

function oncePerFormat(render: RenderAs): RenderAs {
  const rendered = new Map<ExpositionFormat, Exposition>();
  return (format) => {
    const exposition = rendered.get(format) ?? render(format);
    rendered.set(format, exposition);
    return exposition;
  };
}
