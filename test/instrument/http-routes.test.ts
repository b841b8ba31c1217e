import { Registry } from 'prom-client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { edgeRows } from '../support/express-edge-rows.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { type ExpressLine, expressLines } from '../support/express-lines.ts';
import { middlewareRows } from '../support/express-middleware-rows.ts';
import { routeRows } from '../support/express-route-rows.ts';
import type { Row } from '../support/express-rows.ts';
import { startServer } from '../support/express-server.ts';

const rowsOf = (line: ExpressLine): readonly Row[] =>
  [...routeRows, ...middlewareRows, ...edgeRows].filter(({ only }) => only?.(line) ?? true);

const record = async ({ build, send }: Row, line: ExpressLine): Promise<readonly string[]> => {
  const registry = new Registry();
  const app = line.express();
  app.set('env', 'test');
  app.use(httpMetrics({ registry }));
  build(app, line);
  const server = await startServer(app);
  try {
    for (const plan of [send].flat()) await server.send(plan);
    await requestsSettle(registry);
    return await recordedRequests(registry);
  } finally {
    await server.close();
  }
};

describe.each(expressLines)('httpMetrics() with $name labels', (line) => {
  test.each(rowsOf(line))('$name', async (row) => {
    expect(await record(row, line)).toEqual(grouped(row.expected));
  });
});

/** Then paths of router 2.2 are learned from requests. */
describe('httpMetrics() without an inspector in Node, with Express 5 and router 2.2, labels', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });
  const line = expressLines.find(({ packageName }) => packageName === 'express-router22');
  const rows = line === undefined ? [] : rowsOf(line).map((row) => ({ ...row, line }));

  test.each(rows)('$name', async ({ line, ...row }) => {
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined);
    expect(await record(row, line)).toEqual(grouped(row.withoutInspector ?? row.expected));
  });
});

/** Requests come in the order in which their series were first seen. */
function grouped(requests: readonly string[]): readonly string[] {
  return [...new Set(requests)].flatMap((request) => requests.filter((other) => other === request));
}
