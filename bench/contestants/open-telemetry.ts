/** OpenTelemetry's metrics of HTTP servers: both instrumentations, a Prometheus reader, no tracer. */
import type { Instrument } from '../contestant.ts';
import type { Load } from '../paths.ts';

interface Api {
  readonly context: { setGlobalContextManager(manager: object): void };
}

interface ContextHooks {
  readonly AsyncLocalStorageContextManager: new () => { enable(): object };
}

interface Exporter {
  readonly PrometheusExporter: new (options: object) => Reader;
  readonly PrometheusSerializer: new () => { serialize(metrics: object): string };
}

interface Reader {
  collect(): Promise<{ readonly resourceMetrics: object }>;
}

interface Sdk {
  readonly MeterProvider: new (options: { readonly readers: readonly Reader[] }) => object;
}

type Instrumentation = new () => { setMeterProvider(provider: object): void };

/** The context manager carries the route from Express' instrumentation to the one that records. */
export function startOpenTelemetry(load: Load): Instrument {
  const { AsyncLocalStorageContextManager } = load<ContextHooks>('@opentelemetry/context-async-hooks');
  load<Api>('@opentelemetry/api').context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const { PrometheusExporter, PrometheusSerializer } = load<Exporter>('@opentelemetry/exporter-prometheus');
  const reader = new PrometheusExporter({ preventServerStart: true });
  const provider = new (load<Sdk>('@opentelemetry/sdk-metrics').MeterProvider)({ readers: [reader] });
  for (const [name, exported] of instrumentations) {
    const Instrumentation = load<Record<string, Instrumentation>>(name)[exported] as Instrumentation;
    const instrumentation = new Instrumentation();
    instrumentation.setMeterProvider(provider);
  }
  return {
    exposition: async () => new PrometheusSerializer().serialize((await reader.collect()).resourceMetrics),
  };
}

const instrumentations = [
  ['@opentelemetry/instrumentation-http', 'HttpInstrumentation'],
  ['@opentelemetry/instrumentation-express', 'ExpressInstrumentation'],
] as const;
