/**
 * One registry with Telltale's metrics of many routes, and one with the client's own metrics of the same names, labels and
 * values: how long each takes to become text, whether the texts are equal, and what a label set weighs.
 */
import { once } from 'node:events';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { httpMetrics, metricsEndpoint, type Registry } from 'telltale';
import { loaderOf } from '../paths.ts';
import { answerQuestions, collectGarbage } from './answer.ts';
import { type Client, copyMetrics, type ExposedMetric, labelSetsIn } from './copy-metrics.ts';

export interface ScrapeQuestion {
  readonly rounds: number;
  readonly routes: number;
}

export interface ScrapeAnswer {
  readonly lines: number;
  readonly oursMillis: readonly number[];
  readonly sameRegistryMillis: readonly number[];
  readonly clientMillis: readonly number[];
  readonly isEqual: boolean;
  readonly labelSets: number;
  readonly bytesPerLabelSet: { readonly ours: number; readonly client: number };
}

type Endpoint = ReturnType<typeof metricsEndpoint>;
type Express = () => Parameters<typeof createServer>[1] & {
  use(middleware: unknown): void;
  get(path: string, handler: (request: IncomingMessage, response: ServerResponse) => void): void;
};

const load = loaderOf();
const client = load<Client>('prom-client');

answerQuestions(async ({ rounds, routes }: ScrapeQuestion): Promise<ScrapeAnswer> => {
  const ours = new client.Registry();
  const endpoint = metricsEndpoint({ registry: ours });
  const requests = await startRequests(ours, routes);
  const beforeRequests = heldBytes();
  await requests.run();
  const text = await scrape(endpoint);
  const oursBytes = heldBytes() - beforeRequests;
  const metrics = (await ours.getMetricsAsJSON()) as ExposedMetric[];
  const labelSets = labelSetsIn(metrics);
  const beforeCopy = heldBytes();
  const copy = copyMetrics(metrics, client);
  const copied = await copy.metrics();
  const clientBytes = heldBytes() - beforeCopy;
  return {
    ...(await timeRounds(rounds, {
      oursMillis: () => scrape(endpoint),
      sameRegistryMillis: () => ours.metrics(),
      clientMillis: () => copy.metrics(),
    })),
    lines: seriesLines(text).length,
    isEqual: seriesLines(text).join('\n') === seriesLines(copied).join('\n'),
    labelSets,
    bytesPerLabelSet: { ours: oursBytes / labelSets, client: clientBytes / labelSets },
  };
});

/** One real request per route; the first has been made, as it builds what all share. */
async function startRequests(registry: Registry, routes: number): Promise<{ run(): Promise<void> }> {
  const app = load<Express>('express')();
  app.use(httpMetrics({ registry }));
  for (let index = 0; index < routes; index += 1) {
    app.get(`/api/v1/resource-${index}/:id`, (_request, response) => response.end('ok'));
  }
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const get = async (index: number): Promise<unknown> =>
    (await fetch(`http://127.0.0.1:${port}/api/v1/resource-${index}/7`)).text();
  await get(0);
  return {
    run: async () => {
      for (let index = 1; index < routes; index += 1) await get(index);
      server.close();
    },
  };
}

/** From the call of the endpoint to the whole text in the hands of Node. */
function scrape(endpoint: Endpoint): Promise<string> {
  const request = new IncomingMessage(new Socket());
  request.method = 'GET';
  request.url = '/metrics';
  const response = new ServerResponse(request);
  return new Promise((resolve) => {
    const end = (body: Buffer): void => resolve(body.toString());
    Object.assign(response, { end });
    endpoint(request, response);
  });
}

async function timeRounds<Key extends string>(
  rounds: number,
  runs: Readonly<Record<Key, () => Promise<unknown>>>,
): Promise<Record<Key, number[]>> {
  const keys = Object.keys(runs) as Key[];
  const millis = Object.fromEntries(keys.map((key) => [key, [] as number[]])) as Record<Key, number[]>;
  const warmUps = 5;
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const key of keys) {
      const start = process.hrtime.bigint();
      await runs[key]();
      if (round >= 0) millis[key].push(Number(process.hrtime.bigint() - start) / 1e6);
    }
  }
  return millis;
}

/** What the endpoint says of itself differs from scrape to scrape. */
function seriesLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !/^(# (HELP|TYPE) )?telltale_(series|scrape_duration_seconds)\b/.test(line))
    .toSorted();
}

/** On the heap and, for typed arrays, beside it. */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
