/** outboundMetrics(): the calls that a service makes to others. */
import { outboundCatalog } from '../catalog/outbound.ts';
import { type Call, trackCalls } from './outbound-call.ts';
import { subscribeToCalls } from './outbound-channels.ts';
import { type Dependencies, dependenciesByHost, dependencyOf } from './outbound-dependencies.ts';
import type { RecorderOptions } from './from-catalog.ts';
import { acquireShared, type CreateShared } from './runtime-shared.ts';

export interface OutboundMetricsOptions extends RecorderOptions {
  /**
   * Names of dependencies with their hosts: `host` for any port, or `host:port`; any other host is `other`.
   * @default {}
   * @example { stripe: 'api.stripe.com', search: ['search-1:9200', 'search-2:9200'] }
   */
  readonly dependencies?: Dependencies;
}

export interface OutboundMetrics {
  /** Stops recording; leaves no subscription behind. */
  dispose(): void;
}

interface Outbound {
  /** Declarations of all users of one registry. */
  readonly byHost: Map<string, string>;
}

/**
 * Records outgoing HTTP calls in `http_client_request_duration_seconds`, in seconds up to the end of the response:
 * fetch and undici, node:http and node:https, and so every client built on them. It listens to Node's diagnostics
 * channels and patches nothing. `status_code` is the code, or `timeout` or `error` where no response came; each hop of
 * a redirect is a call. Called twice on one registry, the dependencies add up and each call counts once.
 * Costs 17 series per dependency, method and status that occurs.
 * @throws TELLTALE_OPTION when a host is malformed or belongs to two dependencies
 * @example
 * outboundMetrics({ dependencies: { stripe: 'api.stripe.com', search: 'search.internal:9200' } });
 */
export function outboundMetrics(options: OutboundMetricsOptions = {}): OutboundMetrics {
  const declared = dependenciesByHost(options.dependencies ?? {});
  const shared = acquireShared(options, 'outbound', createOutbound);
  for (const [host, dependency] of declared) shared.value.byHost.set(host, dependency);
  return { dispose: shared.release };
}

const createOutbound: CreateShared<Outbound> = (metrics, onDispose) => {
  const byHost = new Map<string, string>();
  const duration = metrics.histogram(outboundCatalog.duration);
  const calls = trackCalls(({ dependency, method }: Call, statusCode, seconds) =>
    duration.observe({ dependency, method, status_code: statusCode }, seconds),
  );
  onDispose(
    subscribeToCalls(
      calls,
      (authority, protocol) => dependencyOf(byHost, authority, protocol),
      () => metrics.failed(outboundCatalog.duration),
    ),
  );
  return { byHost };
};
