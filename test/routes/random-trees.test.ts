import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import * as fc from 'fast-check';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { type ExpressLine, expressLines } from '../support/express-lines.ts';
import { aTree, someRequests, type TreeLayer, type TreeRequest } from '../support/route-tree.ts';
import { buildTree } from '../support/route-tree-app.ts';
import { type LineRules, predict } from '../support/route-tree-model.ts';

/** Twelve requests to each tree: over 10,000 cases on each line. */
const trees = 1_000;

describe.each(expressLines)('httpMetrics() with $name', (line) => {
  let server: Server;
  let listener: RequestListener;

  beforeAll(async () => {
    server = createServer((request, response) => listener(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  const record = async (tree: readonly TreeLayer[], requests: readonly TreeRequest[]): Promise<readonly string[]> => {
    const registry = new Registry();
    const app = line.express();
    app.set('env', 'test');
    const metrics = httpMetrics({ registry });
    app.use(metrics);
    buildTree(app, tree, line);
    listener = app;
    await sendAll((server.address() as AddressInfo).port, requests);
    await requestsSettle(registry);
    const recorded = await recordedRequests(registry);
    metrics.dispose();
    return recorded.toSorted();
  };

  test('labels every request to a random tree of routers as a model of Express predicts', { timeout: 120_000 }, () =>
    fc.assert(
      fc.asyncProperty(aTree, someRequests, async (tree, sent) => {
        const requests = leavesEarly(tree) ? sent.filter(({ method }) => method !== 'OPTIONS') : sent;
        const predicted = requests.map((request) => show(request, predict(tree, request, rulesOf(line))));
        expect(await record(tree, requests)).toEqual(predicted.toSorted());
      }),
      { numRuns: trees },
    ),
  );
});

/** Which of several routers answered OPTIONS by itself cannot be told where one was left before its end. */
function leavesEarly(tree: readonly TreeLayer[]): boolean {
  return /"does":"(router|recover)"/.test(JSON.stringify(tree));
}

function rulesOf({ everything }: ExpressLine): LineRules {
  const isExpress4 = everything === '*';
  return { everything: isExpress4 ? '/*' : everything, everythingMatchesRoot: isExpress4 };
}

/** DELETE and the like are sent as they are. */
function show({ method }: TreeRequest, { route, status }: ReturnType<typeof predict>): string {
  return `${method} ${route} ${status}`;
}

/** All on one connection, one behind the other. Not half-closed after them, as Node then gives up those under way. */
async function sendAll(port: number, requests: readonly TreeRequest[]): Promise<void> {
  if (requests.length === 0) return;
  const socket = connect(port, '127.0.0.1');
  socket.write(requests.map((request, index) => textOf(request, index === requests.length - 1)).join(''));
  socket.resume();
  await once(socket, 'close');
}

function textOf({ method, segments, slash }: TreeRequest, isLast: boolean): string {
  const path = `/${segments.join('/')}${slash && segments.length > 0 ? '/' : ''}`;
  return `${method} ${path} HTTP/1.1\r\nHost: x\r\n${isLast ? 'Connection: close\r\n' : ''}\r\n`;
}
