/** What is compared, each as its own README sets it up. */
import type { Contestant, Instrument, Middleware } from './contestant.ts';
import { createTelltale } from './contestants/telltale.ts';
import { createNaive } from './contestants/naive.ts';
import { startOpenTelemetry } from './contestants/open-telemetry.ts';

interface WithRegister {
  readonly register: { metrics(): Promise<string> };
}

const bare = { packages: [], start: (): Instrument => ({}) } as const;

export const allContestants: readonly Contestant[] = [
  { ...bare, id: 'bare', title: 'bare Express', express: 'express' },
  { ...bare, id: 'bare-again', title: 'bare Express, again', express: 'express' },
  { id: 'telltale', title: 'Telltale', packages: [], express: 'express', start: createTelltale },
  { id: 'naive', title: 'prom-client by hand', packages: ['prom-client'], express: 'express', start: createNaive },
  {
    id: 'express-prom-bundle',
    title: 'express-prom-bundle',
    packages: ['express-prom-bundle', 'prom-client'],
    express: 'express',
    start: (load) => ({
      middleware: load<(options: object) => Middleware>('express-prom-bundle')({
        includeMethod: true,
        includePath: true,
      }),
      exposition: () => load<WithRegister>('prom-client').register.metrics(),
    }),
  },
  {
    id: 'prometheus-api-metrics',
    title: 'prometheus-api-metrics',
    packages: ['prometheus-api-metrics', 'prom-client'],
    express: 'express',
    start: (load) => ({
      middleware: load<{ expressMiddleware(): Middleware }>('prometheus-api-metrics').expressMiddleware(),
      exposition: () => load<WithRegister>('prom-client').register.metrics(),
    }),
  },
  {
    id: 'promster',
    title: '@promster/express',
    packages: ['@promster/express', 'prom-client'],
    express: 'express',
    start: (load) => ({
      middleware: load<{ createMiddleware(options: object): Middleware }>('@promster/express').createMiddleware({
        app: {},
      }),
      exposition: () => load<{ getSummary(): Promise<string> }>('@promster/express').getSummary(),
    }),
  },
  {
    id: 'swagger-stats',
    title: 'swagger-stats',
    packages: ['swagger-stats', 'prom-client'],
    express: 'express',
    folder: 'swagger-stats',
    start: (load) => {
      const stats = load<{ getMiddleware(options: object): Middleware; getPromStats(): Promise<string> }>(
        'swagger-stats',
      );
      return { middleware: stats.getMiddleware({}), exposition: () => stats.getPromStats() };
    },
  },
  {
    id: 'opentelemetry',
    patchesModules: true,
    title: 'OpenTelemetry (http, express)',
    packages: ['@opentelemetry/instrumentation-http', '@opentelemetry/instrumentation-express'],
    express: 'express',
    start: startOpenTelemetry,
  },
];

/** What a contestant is compared with: the same Express without it. */
export function baselineOf(contestant: Contestant): Contestant {
  const baseline = allContestants.find(({ id, express }) => id.startsWith('bare') && express === contestant.express);
  if (baseline === undefined) throw new Error(`Cannot compare "${contestant.id}": no bare ${contestant.express}`);
  return baseline;
}

export function contestantOf(id: string | undefined): Contestant {
  const contestant = allContestants.find((each) => each.id === id);
  if (contestant === undefined) throw new Error(`Cannot start contestant "${id}": it is not in the list`);
  return contestant;
}
