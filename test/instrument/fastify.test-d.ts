import Fastify from 'fastify';
import Fastify4 from 'fastify4';
import { expectTypeOf, test } from 'vitest';
import { fastifyMetrics, type Observed, observedOf } from '../../src/fastify.ts';

test('fastifyMetrics is a plugin for apps of Fastify 4 and 5, over HTTP/1 and HTTP/2, with and without options', () => {
  for (const app of [Fastify(), Fastify({ logger: true })]) {
    void app.register(fastifyMetrics);
    void app.register(fastifyMetrics, { metrics: { path: '/internal/metrics' }, health: false });
  }
  void Fastify({ http2: true }).register(fastifyMetrics);
  void Fastify({ https: {} }).register(fastifyMetrics, { runtime: false });
  void Fastify4().register(fastifyMetrics, { http: { ignorePaths: ['/favicon.ico'] } });
  void Fastify4({ http2: true }).register(fastifyMetrics);
});

test('fastifyMetrics takes the options of observe() alone', () => {
  const app = Fastify();
  // @ts-expect-error -- there is no such option
  void app.register(fastifyMetrics, { https: {} });
  // @ts-expect-error -- a path is a text
  void app.register(fastifyMetrics, { metrics: { path: 7 } });
});

test('observedOf() takes an app', () => {
  expectTypeOf(observedOf(Fastify())).toEqualTypeOf<Observed | undefined>();
});
