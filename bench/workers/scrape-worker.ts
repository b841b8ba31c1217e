/**
 * One registry with Telltale's metrics of many routes, and one with the client's own metrics of the same names, labels and
 * values: how long each takes to become text, whether the texts are equal, and what a label set weighs.
 */
import { once } from 'node:events';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { httpMetrics, metricsEndpoint, type Registry } from 'telltale';
import { loaderOf } from '../paths.ts';
import type { HeldBytes, ScrapeResult } from '../results.ts';
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
  readonly bytesPerLabelSet: ScrapeResult['bytesPerLabelSet'];
}

type Endpoint = ReturnType<typeof metricsEndpoint>;
type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
type Express = () => Parameters<typeof createServer>[1] & {
  use(middleware: unknown): void;
  get(path: string, handler: (request: IncomingMessage, response: ServerResponse) => void): void;
};

const load = loaderOf();
const client = load<Client>('prom-client');

answerQuestions(async ({ rounds, routes }: ScrapeQuestion): Promise<ScrapeAnswer> => {
  // Compiled code and what else is made once: not of the label sets that are weighed below.
  await weigh(routes);
  const { ours, endpoint, copy, labelSets, bytesPerLabelSet } = await weigh(routes);
  const [text, copied] = [(await newScrape(endpoint)()).toString(), await copy.metrics()];
  return {
    ...(await timeRounds(rounds, {
      oursMillis: () => newScrape(endpoint),
      clientMillis: () => () => copy.metrics(),
    })),
    // Afterwards: what the client remembers of each value it has formatted for it would slow down the others' collections.
    ...(await timeRounds(rounds, { sameRegistryMillis: () => () => ours.metrics() })),
    lines: seriesLines(text).length,
    isEqual: seriesLines(text).join('\n') === seriesLines(copied).join('\n'),
    labelSets,
    bytesPerLabelSet,
  };
});

interface Weighed {
  readonly ours: Registry;
  readonly endpoint: Endpoint;
  readonly copy: Registry;
  readonly labelSets: number;
  readonly bytesPerLabelSet: ScrapeResult['bytesPerLabelSet'];
}

/** Both sides from nothing: the metrics themselves, and for ours all that is kept per route. */
async function weigh(routes: number): Promise<Weighed> {
  const ours = new client.Registry();
  const app = await startApp(routes);
  // V8 compiles the patterns of Express' routes at their first match, and once more at their second.
  for (let pass = 0; pass < 2; pass += 1) await app.requestEach();
  const oursStart = await heldBytes();
  app.record(httpMetrics({ registry: ours }));
  const endpoint = metricsEndpoint({ registry: ours });
  await app.requestEach();
  const oursBytes = await heldSince(oursStart, () => newScrape(endpoint)());
  await app.close();
  const metrics = (await ours.getMetricsAsJSON()) as ExposedMetric[];
  // Reading them leaves caches behind on the shapes of their labels, more than the copy weighs.
  copyMetrics(metrics, client);
  const clientStart = await heldBytes();
  const copy = copyMetrics(metrics, client);
  const clientBytes = await heldSince(clientStart, () => copy.metrics());
  const labelSets = labelSetsIn(metrics);
  return {
    ours,
    endpoint,
    copy,
    labelSets,
    bytesPerLabelSet: { ours: perLabelSet(oursBytes, labelSets), client: perLabelSet(clientBytes, labelSets) },
  };
}

interface App {
  /** One real request to every route. */
  readonly requestEach: () => Promise<void>;
  /** From now on, with this before all routes. */
  readonly record: (middleware: Middleware) => void;
  readonly close: () => Promise<void>;
}

async function startApp(routes: number): Promise<App> {
  let middleware: Middleware = passOn;
  const app = load<Express>('express')();
  app.use((request: IncomingMessage, response: ServerResponse, next: () => void) =>
    middleware(request, response, next),
  );
  for (let index = 0; index < routes; index += 1) {
    app.get(`/api/v1/resource-${index}/:id`, (_request, response) => response.end('ok'));
  }
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const get = async (index: number): Promise<unknown> =>
    (await fetch(`http://127.0.0.1:${port}/api/v1/resource-${index}/7`)).text();
  return {
    requestEach: async () => {
      for (let index = 0; index < routes; index += 1) await get(index);
    },
    record: (recorder) => {
      middleware = recorder;
    },
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

const passOn: Middleware = (_request, _response, next) => next();

/** What it gives runs from the call of the endpoint to the whole page in the hands of Node. */
function newScrape(endpoint: Endpoint): () => Promise<Buffer> {
  const request = new IncomingMessage(new Socket());
  request.method = 'GET';
  request.url = '/metrics';
  const response = new ServerResponse(request);
  return () =>
    new Promise((resolve) => {
      Object.assign(response, { end: resolve });
      endpoint(request, response);
    });
}

/** @param preparations What each gives is timed. Garbage is collected as it comes: nobody is spared their share. */
async function timeRounds<Key extends string>(
  rounds: number,
  preparations: Readonly<Record<Key, () => () => Promise<unknown>>>,
): Promise<Record<Key, number[]>> {
  const keys = Object.keys(preparations) as Key[];
  const millis = Object.fromEntries(keys.map((key) => [key, [] as number[]])) as Record<Key, number[]>;
  const warmUps = 5;
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const key of keys) {
      const run = preparations[key]();
      const start = process.hrtime.bigint();
      await run();
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

async function heldSince(start: number, render: () => Promise<unknown>): Promise<HeldBytes> {
  const beforeScrape = (await heldBytes()) - start;
  // Awaited directly, the page would stay in a register of this function and be weighed too.
  await render().then(() => undefined);
  return { beforeScrape, afterScrape: (await heldBytes()) - start };
}

function perLabelSet({ beforeScrape, afterScrape }: HeldBytes, labelSets: number): HeldBytes {
  return { beforeScrape: beforeScrape / labelSets, afterScrape: afterScrape / labelSets };
}

/** On the heap, and beside it what buffers and typed arrays hold: `arrayBuffers` is a part of `external`. */
async function heldBytes(): Promise<number> {
  for (let pass = 0; pass < 3; pass += 1) {
    collectGarbage();
    await setTimeout(20);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
