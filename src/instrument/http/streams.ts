/** Streams that are open, by route and kind. */
import type { httpCatalog } from '../../catalog/http.ts';
import type { GaugeRecorder } from '../metrics/catalog-recorders.ts';

type StreamKind = 'sse' | 'upgrade';

export class StreamGauge {
  readonly #gauge: GaugeRecorder<typeof httpCatalog.streamsActive>;
  readonly #open = new Map<string, number>();

  constructor(gauge: GaugeRecorder<typeof httpCatalog.streamsActive>) {
    this.#gauge = gauge;
  }

  opened(route: string, kind: StreamKind): void {
    this.#add(route, kind, 1);
  }

  closed(route: string, kind: StreamKind): void {
    this.#add(route, kind, -1);
  }

  #add(route: string, kind: StreamKind, change: 1 | -1): void {
    const key = `${kind} ${route}`;
    const open = (this.#open.get(key) ?? 0) + change;
    this.#open.set(key, open);
    this.#gauge.set({ route, kind }, open);
  }
}
