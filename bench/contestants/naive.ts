/** The middleware that everybody writes first. */
import type { IncomingMessage } from 'node:http';
import type { Instrument } from '../contestant.ts';
import type { Load } from '../paths.ts';

interface Histogram {
  startTimer(): (labels: Readonly<Record<string, string | number>>) => number;
}

interface Client {
  readonly Histogram: new (options: object) => Histogram;
  readonly register: { metrics(): Promise<string> };
}

interface RoutedRequest extends IncomingMessage {
  readonly baseUrl?: string;
  readonly route?: { readonly path: string };
}

export function createNaive(load: Load): Instrument {
  const client = load<Client>('prom-client');
  const durations = new client.Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of requests.',
    labelNames: ['method', 'route', 'status_code'],
  });
  return {
    exposition: () => client.register.metrics(),
    middleware: (request: RoutedRequest, response, next) => {
      const end = durations.startTimer();
      response.once('finish', () => {
        const route = (request.baseUrl ?? '') + (request.route?.path ?? '');
        end({ method: request.method ?? '', route, status_code: response.statusCode });
      });
      next();
    },
  };
}
