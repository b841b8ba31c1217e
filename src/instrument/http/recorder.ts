/** Records requests, whatever the server: an adapter begins each one and says how its route is named. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpCatalog } from '../../catalog/http.ts';
import { kitCatalog } from '../../catalog/kit.ts';
import { rejectReason } from '../../catalog/labels.ts';
import type { LabelSet } from '../../catalog/metric.ts';
import { metricName } from '../../catalog/naming.ts';
import type { ResolvedRoute } from '../../routes/resolved-route.ts';
import type { Registry } from '../metrics/client.ts';
import type { CounterRecorder, HistogramRecorder } from '../metrics/catalog-recorders.ts';
import { type MetricFactory, metricFactory } from '../metrics/from-catalog.ts';
import type { Exchange, ExchangeListener, Routes } from './exchange.ts';
import { CountedCounter } from '../metrics/counted-counter.ts';
import { CountedHistogram, type Counts } from '../metrics/counted-histogram.ts';
import { OwnLabels } from './labels.ts';
import type { HttpRecorderOptions } from './options.ts';
import { observeExchange } from './observe.ts';
import { secondsSince, statusOf } from './outcome.ts';
import { exposePresetSeries, requireFreeNames } from './preset-series.ts';
import { type SizeCounts, type SizeSeries, sizeSeries } from './size-series.ts';
import { ResponseHooks } from './response-hooks.ts';
import { requestBytes, responseBytes } from './sizes.ts';
import { type Slot, SlotTable } from './slots.ts';
import { StreamGauge } from './streams.ts';
import { ServerWatch } from './server-watch.ts';
import { routeOfUpgrades } from './upgrades.ts';
import { metricTaken } from '../metrics/metric-taken.ts';
import type { BoundedMetrics } from '../metrics/bounded-metrics.ts';

export class HttpRecorder implements ExchangeListener {
  readonly #factory: MetricFactory;
  readonly #metrics: BoundedMetrics;
  readonly #duration: CountedHistogram;
  readonly #responseSize: CountedHistogram;
  readonly #requestSize: CountedHistogram;
  readonly #timeToHeaders: HistogramRecorder<typeof httpCatalog.timeToHeaders>;
  readonly #aborted: CountedCounter;
  readonly #overflow: CounterRecorder<typeof kitCatalog.routeOverflow>;
  readonly #streams: StreamGauge;
  readonly #sizes: SizeSeries;
  readonly #labels: OwnLabels | undefined;
  readonly #slots: SlotTable;
  readonly #servers: ServerWatch;
  readonly #hooks = new ResponseHooks();
  readonly #observer = { listener: this, hooks: this.#hooks };
  readonly #headersOfAll: boolean;
  readonly #recordProbes: boolean;
  readonly #disposePreset: () => void;
  #hasWarned = false;
  #isDisposed = false;
  #inFlight = 0;

  constructor(options: HttpRecorderOptions, shared: BoundedMetrics) {
    const metrics = metricFactory(options);
    requireFreeNames(metrics.naming, metrics.registry);
    this.#factory = metrics;
    this.#metrics = shared;
    this.#headersOfAll = options.timeToHeaders === 'all';
    this.#recordProbes = options.recordProbes === true;
    this.#labels = options.labels && new OwnLabels(options.labels, (error) => this.failed(error));
    this.#duration = register(
      metrics.registry,
      new CountedHistogram(httpCatalog.duration, metrics.naming, this.#labels?.names),
    );
    this.#responseSize = register(metrics.registry, new CountedHistogram(httpCatalog.responseSize, metrics.naming));
    this.#requestSize = register(metrics.registry, new CountedHistogram(httpCatalog.requestSize, metrics.naming));
    shared.gauge(httpCatalog.inFlight, (gauge) => gauge.set({}, this.#inFlight));
    this.#timeToHeaders = metrics.histogram(httpCatalog.timeToHeaders);
    this.#aborted = register(metrics.registry, new CountedCounter(httpCatalog.aborted, metrics.naming));
    this.#overflow = metrics.counter(kitCatalog.routeOverflow);
    this.#streams = new StreamGauge(metrics.gauge(httpCatalog.streamsActive));
    const rejected = metrics.counter(httpCatalog.rejected);
    for (const reason of rejectReason.values) rejected.inc({ reason }, 0);
    this.#servers = new ServerWatch({
      onRejected: (reason) => rejected.inc({ reason }),
      streams: this.#streams,
      routeOfUpgrade: routeOfUpgrades({
        upgradeRoute: options.upgradeRoute,
        within: (template) => this.#slots.within(template),
        onFailure: (error) => this.failed(error),
      }),
    });
    this.#sizes = sizeSeries(
      { duration: this.#duration, responseSize: this.#responseSize, requestSize: this.#requestSize },
      metrics.naming,
    );
    this.#slots = new SlotTable({
      histograms: this.#sizes.histograms,
      aborted: this.#aborted,
      routeCap: options.routeCap ?? httpCatalog.duration.labels.route.cap,
      ownLabels: this.#labels,
    });
    this.#disposePreset = exposePresetSeries(metrics.naming, {
      registry: metrics.registry,
      metrics: shared,
      duration: this.#duration,
      servers: this.#servers,
    });
  }

  /** Counts a request from now to the end of its response. A second call for the same request does nothing. */
  begin(request: IncomingMessage, response: ServerResponse, routes: Routes): void {
    if (this.#isDisposed) return;
    const exchange = observeExchange(this.#observer, request, response, routes);
    if (exchange === undefined) return;
    this.#inFlight += 1;
    this.#servers.watch(exchange.socket, routes);
  }

  /** Listens to the server of a connection although the request itself is not recorded. */
  watchServer(request: IncomingMessage, routes: Routes): void {
    const { socket } = request as Partial<IncomingMessage>;
    if (!this.#isDisposed && socket) this.#servers.watch(socket, routes);
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
    // A stream has no duration, but its sizes may be counted by status.
    const durations = exchange.isStream && !this.#sizes.byStatus ? undefined : this.#durationsOf(exchange, slot);
    if (durations === undefined || exchange.isStream) this.#streams.closed(slot.route, 'sse');
    else this.#duration.observe(durations, seconds, exchange.trace);
    if (!exchange.isStream && !exchange.isFinished) this.#countAbort(exchange, slot);
    this.#recordSizes(exchange, slot.method, this.#sizes.of(slot, durations));
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
    this.#isDisposed = true;
    this.#servers.dispose();
    this.#hooks.dispose();
    this.#disposePreset();
    this.#factory.dispose();
    // By the names of the catalog: a registry of OpenMetrics cuts the counter's short.
    for (const entry of [
      httpCatalog.duration,
      httpCatalog.responseSize,
      httpCatalog.requestSize,
      httpCatalog.aborted,
    ]) {
      this.#factory.registry.removeSingleMetric(metricName(entry, this.#factory.naming));
    }
  }

  #durationsOf(exchange: Exchange, slot: Slot): Counts {
    const combination = this.#labels?.combinationOf(exchange.request, exchange.response) ?? 0;
    return this.#slots.durationsOf(slot, statusOf(exchange), combination);
  }

  #countAbort({ response }: Exchange, slot: Slot): void {
    this.#aborted.inc(response.headersSent ? slot.abortedMidStream : slot.abortedBeforeHeaders);
  }

  #recordSizes(exchange: Exchange, method: string, { requestSizes, responseSizes }: SizeCounts): void {
    this.#requestSize.observe(requestSizes, requestBytes(exchange));
    const sent = responseBytes(exchange, method);
    if (sent !== undefined) this.#responseSize.observe(responseSizes, sent);
  }
}

function labelsOf({ method, route }: Slot): LabelSet<typeof httpCatalog.timeToHeaders> {
  return { method, route };
}

/** @throws TELLTALE_METRIC_TAKEN */
function register<M extends CountedHistogram | CountedCounter>(registry: Registry, metric: M): M {
  if (registry.getSingleMetric(metric.name) !== undefined) throw metricTaken(metric.name);
  registry.registerMetric(metric);
  return metric;
}
