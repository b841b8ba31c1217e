import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { fastifyEdgeRows } from '../support/fastify-edge-rows.ts';
import { type FastifyLine, fastifyLines } from '../support/fastify-lines.ts';
import { fastifyRouteRows } from '../support/fastify-route-rows.ts';
import type { FastifyRow } from '../support/fastify-rows.ts';
import { startFastify } from '../support/fastify-server.ts';

const rowsOf = (line: FastifyLine): readonly FastifyRow[] =>
  [...fastifyRouteRows, ...fastifyEdgeRows].filter(({ only }) => only?.(line) ?? true);

describe.each(fastifyLines)('fastifyMetrics with $name labels', (line) => {
  test.each(rowsOf(line))('$name', async ({ options, build, send, expected }) => {
    const registry = new Registry();
    const server = await startFastify(line, { registry }, build, options);
    try {
      for (const plan of [send].flat()) await server.send(plan);
      await requestsSettle(registry);
      expect((await recordedRequests(registry)).toSorted()).toEqual(expected.toSorted());
    } finally {
      await server.close();
    }
  });
});
