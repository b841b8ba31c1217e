/** Records requests, whatever the server: an adapter begins each one and says how its route is named. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpCatalog } from '../catalog/http.ts';
import { kitCatalog } from '../catalog/kit.ts';
import { rejectReason } from '../catalog/labels.ts';
import type { LabelSet } from '../catalog/metric.ts';
import { TelltaleError } from '../errors.ts';
import type { ResolvedRoute } from '../routes/resolved-route.ts';
import type { Registry } from './client.ts';
import { type CounterRecorder, type HistogramRecorder, type MetricFactory, metricFactory } from './from-catalog.ts';
import { type Exchange, type ExchangeListener, observeExchange, type Routes } from './http-exchange.ts';
import { HeaderHooks } from './http-headers.ts';
import { CountedHistogram } from './http-histogram.ts';
import type { HttpRecorderOptions } from './http-options.ts';
import { exposePresetSeries, requireFreeNames } from './http-preset-series.ts';
import { type SizeSeries, sizeSeries } from './http-size-series.ts';
import { requestBytes, responseBytes } from './http-sizes.ts';
import { type Slot, SlotTable } from './http-slots.ts';
import { StreamGauge } from './http-streams.ts';
import { ServerWatch } from './http-server-watch.ts';
import type { BoundedMetrics } from './runtime-bounded.ts';

/** The client went away before any answer: nginx's number for it. */
const clientClosedRequest = 499;

export class HttpRecorder implements ExchangeListener {
  readonly #factory: MetricFactory;
  readonly #metrics: BoundedMetrics;
  readonly #duration: CountedHistogram;
  readonly #responseSize: CountedHistogram;
  readonly #requestSize: CountedHistogram;
  readonly #timeToHeaders: HistogramRecorder<typeof httpCatalog.timeToHeaders>;
  readonly #aborted: CounterRecorder<typeof httpCatalog.aborted>;
  readonly #overflow: CounterRecorder<typeof kitCatalog.routeOverflow>;
  readonly #streams: StreamGauge;
  readonly #sizes: SizeSeries;
  readonly #slots: SlotTable;
  readonly #servers: ServerWatch;
  readonly #headers = new HeaderHooks();
  readonly #headersOfAll: boolean;
  readonly #recordProbes: boolean;
  readonly #disposePreset: () => void;
  #hasWarned = false;
  #inFlight = 0;

  constructor(options: HttpRecorderOptions, shared: BoundedMetrics) {
    const metrics = metricFactory(options);
    requireFreeNames(metrics.naming, metrics.registry);
    this.#factory = metrics;
    this.#metrics = shared;
    this.#headersOfAll = options.timeToHeaders === 'all';
    this.#recordProbes = options.recordProbes === true;
    this.#duration = register(metrics.registry, new CountedHistogram(httpCatalog.duration, metrics.naming));
    this.#responseSize = register(metrics.registry, new CountedHistogram(httpCatalog.responseSize, metrics.naming));
    this.#requestSize = register(metrics.registry, new CountedHistogram(httpCatalog.requestSize, metrics.naming));
    shared.gauge(httpCatalog.inFlight, (gauge) => gauge.set({}, this.#inFlight));
    this.#timeToHeaders = metrics.histogram(httpCatalog.timeToHeaders);
    this.#aborted = metrics.counter(httpCatalog.aborted);
    this.#overflow = metrics.counter(kitCatalog.routeOverflow);
    this.#streams = new StreamGauge(metrics.gauge(httpCatalog.streamsActive));
    const rejected = metrics.counter(httpCatalog.rejected);
    for (const reason of rejectReason.values) rejected.inc({ reason }, 0);
    this.#servers = new ServerWatch((reason) => rejected.inc({ reason }), this.#streams);
    this.#sizes = sizeSeries(
      { duration: this.#duration, responseSize: this.#responseSize, requestSize: this.#requestSize },
      metrics.naming,
    );
    this.#slots = new SlotTable(
      this.#sizes.histograms,
      options.routeCap ?? httpCatalog.duration.labels.route.cap,
      (slot) => this.#declareAborts(slot),
    );
    this.#disposePreset = exposePresetSeries(metrics.naming, {
      registry: metrics.registry,
      metrics: shared,
      duration: this.#duration,
      servers: this.#servers,
    });
  }

  /** Counts a request from now to the end of its response. A second call for the same request does nothing. */
  begin(request: IncomingMessage, response: ServerResponse, routes: Routes): void {
    const exchange = observeExchange(this, request, response, routes);
    if (exchange === undefined) return;
    this.#inFlight += 1;
    this.#headers.follow(response);
    this.#servers.watch(exchange.socket);
  }

  /** Listens to the server of a connection although the request itself is not recorded. */
  watchServer(request: IncomingMessage): void {
    this.#servers.watch(request.socket);
  }

  slotFor(route: ResolvedRoute, method: string | undefined): Slot {
    return this.#slots.slotFor(route, method);
  }

  /** From here on the stream is counted as a stream, no longer as a request in flight. */
  streamOpened(slot: Slot): void {
    this.#inFlight -= 1;
    this.#streams.opened(slot.route, 'sse');
  }

  headersSent(exchange: Exchange, slot: Slot): void {
    if (!(exchange.isStream || this.#headersOfAll)) return;
    this.#timeToHeaders.observe(labelsOf(slot), secondsSince(exchange));
  }

  ended(exchange: Exchange): void {
    if (!exchange.isStream) this.#inFlight -= 1;
    const seconds = secondsSince(exchange);
    const slot = exchange.slot ?? exchange.resolveSlot();
    if (slot.isOverflow) this.#overflow.inc({});
    if (exchange.isStream) this.#streams.closed(slot.route, 'sse');
    else this.#recordRequest(exchange, slot, seconds);
    this.#recordSizes(exchange, slot);
  }

  left(exchange: Exchange): void {
    if (this.#recordProbes) return;
    exchange.isOver = true;
    this.#inFlight -= 1;
  }

  /** Something of the application's has failed while it was asked about a request. */
  failed(error: unknown): void {
    this.#metrics.failed(httpCatalog.duration);
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const reason = error instanceof Error ? error.message : String(error);
    process.emitWarning(
      `A callback of the HTTP metrics failed, further failures are only counted: ${reason}`,
      'TelltaleWarning',
    );
  }

  dispose(): void {
    this.#servers.dispose();
    this.#headers.dispose();
    this.#disposePreset();
    this.#factory.dispose();
    for (const { name } of [this.#duration, this.#responseSize, this.#requestSize]) {
      this.#factory.registry.removeSingleMetric(name);
    }
  }

  #recordRequest(exchange: Exchange, slot: Slot, seconds: number): void {
    const { response } = exchange;
    this.#duration.observe(this.#slots.durationsOf(slot, statusOf(exchange)), seconds, exchange.trace);
    if (isComplete(exchange)) return;
    const phase = response.headersSent ? 'mid_stream' : 'before_headers';
    this.#aborted.inc({ ...labelsOf(slot), phase });
  }

  #recordSizes(exchange: Exchange, slot: Slot): void {
    const { requestSizes, responseSizes } = this.#sizes.of(slot, statusOf(exchange), this.#slots);
    this.#requestSize.observe(requestSizes, requestBytes(exchange));
    const sent = responseBytes(exchange);
    if (sent !== undefined) this.#responseSize.observe(responseSizes, sent);
  }

  #declareAborts(slot: Slot): void {
    this.#aborted.inc({ ...labelsOf(slot), phase: 'before_headers' }, 0);
    this.#aborted.inc({ ...labelsOf(slot), phase: 'mid_stream' }, 0);
  }
}

function statusOf({ status, response }: Exchange): number {
  return status !== 0 ? status : response.headersSent ? response.statusCode : clientClosedRequest;
}

function labelsOf({ method, route }: Slot): LabelSet<typeof httpCatalog.timeToHeaders> {
  return { method, route };
}

function secondsSince(exchange: Exchange): number {
  return (performance.now() - exchange.startMillis) / 1_000;
}

/** A stream of HTTP/2 that is cut is ended by Node, so that only `aborted` tells it from one that was complete. */
function isComplete({ request, response }: Exchange): boolean {
  if (request.httpVersionMajor !== 2) return response.writableFinished;
  return !(response as unknown as { readonly stream: { readonly aborted: boolean } }).stream.aborted;
}

/** @throws TELLTALE_METRIC_TAKEN */
function register(registry: Registry, histogram: CountedHistogram): CountedHistogram {
  if (registry.getSingleMetric(histogram.name) !== undefined) {
    throw new TelltaleError(
      'TELLTALE_METRIC_TAKEN',
      `Cannot register metric "${histogram.name}" as the registry already has another metric of that name`,
      { fix: 'pass a registry of its own, remove the other metric, or rename this one with the option `naming`' },
    );
  }
  registry.registerMetric(histogram);
  return histogram;
}
