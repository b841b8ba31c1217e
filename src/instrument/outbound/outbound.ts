/** outboundMetrics(): the calls that a service makes to others. */
import { outboundCatalog } from '../../catalog/outbound.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { checkOptions, recorderRules } from '../metrics/option-checks.ts';
import { trackCalls } from './call.ts';
import { subscribeToCalls } from './channels.ts';
import { type Declarations, declarations } from './declarations.ts';
import { type Dependencies, dependenciesByHost, dependencyOf, isDependencies } from './dependencies.ts';
import { acquireShared, type CreateShared } from '../metrics/shared-parts.ts';

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

/**
 * Records outgoing HTTP calls in `http_client_request_duration_seconds`, in seconds up to the end of the response: fetch
 * and undici, node:http and node:https, and so every client built on them. It listens to Node's diagnostics channels and
 * patches nothing. Each hop of a redirect and each retry is a call, and so is the CONNECT that opens a tunnel, to its
 * proxy; HTTP/2 of node:http2 is not announced.
 *
 * `status_code` is the code; `timeout` where the caller or its client gave up waiting (a timeout of the client, or
 * `AbortSignal.timeout()`); `error` where no response came for another reason, a caller's own abort among them, or where
 * one broke off. A caller that stops reading, or never reads, has the code, and the time up to the headers.
 *
 * Node 20 does not announce that a request of node:http was created: its time begins once its own body was handed over,
 * and an answer or an error that comes before takes 0 s. A WebSocket or tunnel that undici opened is announced by undici
 * 7.30 and newer, and not yet by the undici in Node 24; one that fails always is.
 *
 * Called twice on one registry, the dependencies add up and each call counts once. Costs 18 series per dependency, method
 * and status that occurs.
 * @throws TELLTALE_OPTION when a host is malformed or belongs to two dependencies; TELLTALE_NO_CLIENT,
 * TELLTALE_METRIC_TAKEN
 * @example
 * outboundMetrics({ dependencies: { stripe: 'api.stripe.com', search: 'search.internal:9200' } });
 */
export function outboundMetrics(options: OutboundMetricsOptions = {}): OutboundMetrics {
  checkOptions('use outboundMetrics()', options, outboundRules);
  const declared = dependenciesByHost(options.dependencies ?? {});
  const { value, release } = acquireShared(options, 'outbound', createDeclarations);
  try {
    const withdraw = value.add(declared);
    return {
      dispose: () => {
        withdraw();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

const outboundRules = {
  ...recorderRules,
  dependencies: { expects: 'an object of hosts, or of arrays of hosts, by name', accepts: isDependencies },
};

/** Also what feeds the metric, as long as somebody holds it. */
const createDeclarations: CreateShared<Declarations> = (metrics, onDispose) => {
  const declared = declarations();
  const duration = metrics.histogram(outboundCatalog.duration);
  const calls = trackCalls(({ dependency, method }, statusCode, seconds) =>
    duration.observe({ dependency, method, status_code: statusCode }, seconds),
  );
  onDispose(
    subscribeToCalls(
      calls,
      (authority, protocol) => dependencyOf(declared.byHost(), authority, protocol),
      () => metrics.failed(outboundCatalog.duration),
    ),
  );
  return declared;
};
