import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import * as fc from 'fast-check';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { instrumentListener } from '../../src/http.ts';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { type Exposition, scrape } from '../support/exposition.ts';
import { requestsSettle } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { startServer } from '../support/express-server.ts';
import { aStorm, rage, weather } from '../support/http-storm.ts';

const storms = 150;

type Build = (registry: Registry) => RequestListener;

const builds: readonly (readonly [name: string, build: Build])[] = [
  ['instrumentListener()', (registry) => instrumentListener(weather, { registry, route: () => '/*' })],
  ...expressLines.map(
    ({ name, express }) =>
      [
        `httpMetrics() with ${name}`,
        (registry: Registry) => express().use(httpMetrics({ registry }), httpMetrics({ registry })).use(weather),
      ] as const,
  ),
];

describe.each(builds)('%s', (_name, build) => {
  test('counts each request that arrived once, and each refusal, whatever the storm', { timeout: 60_000 }, async () => {
    const registry = new Registry();
    const listener = build(registry);
    let arrived = 0;
    const server = await startServer((request: IncomingMessage, response: ServerResponse) => {
      arrived += 1;
      listener(request, response);
    });
    await server.send({ path: '/ok' });
    let refused = 0;
    server.server.on('clientError', (error: Error & { code?: string }, socket: Socket) => {
      const { parser } = socket as { parser?: { incoming?: IncomingMessage | null } };
      const isOfRequest = parser?.incoming !== null && parser?.incoming?.complete === false;
      if (error.code?.startsWith('HPE_') === true && !isOfRequest) refused += 1;
      socket.destroy();
    });
    await fc.assert(
      fc.asyncProperty(aStorm, async (storm) => {
        await rage(server.port, storm);
        await requestsSettle(registry);
        const exposition = await scrape(registry);
        expect({
          requests: total(exposition, 'http_request_duration_seconds_count'),
          parseErrors: exposition.value('http_server_rejected_total', { reason: 'parse_error' }),
          inFlight: exposition.value('http_requests_in_flight'),
        }).toEqual({ requests: arrived, parseErrors: refused, inFlight: 0 });
      }),
      { numRuns: storms },
    );
    expect(refused).toBeGreaterThan(0);
    await server.close();
  });
});

function total({ samples }: Exposition, name: string): number {
  return samples.filter((sample) => sample.name === name).reduce((sum, { value }) => sum + value, 0);
}
