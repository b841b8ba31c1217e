/** The middleware of one contestant, called by itself: nanoseconds, bytes and objects per request. */
import type { Socket } from 'node:net';
import { queryObjects } from 'node:v8';
import { contestantOf } from '../contestants.ts';
import { loaderOf } from '../paths.ts';
import { answerQuestions, collectGarbage } from './answer.ts';
import { type IsolatedExchanges, isolatedExchanges } from './isolated-exchange.ts';
import { liveSockets } from './live-socket.ts';
import { evidence } from './trivial-app.ts';

export interface IsolatedQuestion {
  readonly kind: 'nanos' | 'allocations' | 'has-recorded';
  readonly requests: number;
}

/** Per request, except `nanos` and `hasRecorded`. All include what the request and response themselves take. */
export interface IsolatedAnswer {
  readonly nanos?: number;
  readonly hasRecorded?: boolean;
  readonly allocations?: Allocations;
}

export interface Allocations {
  readonly bytesAllocated: number;
  readonly closuresInFlight: number;
  readonly objectsInFlight: number;
  readonly closuresRetained: number;
  readonly objectsRetained: number;
  readonly bytesRetained: number;
}

const contestant = contestantOf(process.argv[2]);
const instrument = await contestant.start(loaderOf(contestant.folder));
/** Each serves one request at a time; the last one keeps one all along. */
const connectionsInFlight = 200;
const sockets = await liveSockets(connectionsInFlight + 1);
const [socket] = sockets as [Socket];
const exchanges = isolatedExchanges(
  contestant,
  loaderOf(),
  socket,
  instrument.middleware ?? ((_request, _response, next) => next()),
);
/** Stays alive, as there is always a request in flight somewhere: else a collection takes the hidden classes along. */
const kept = exchanges.begin(sockets.at(-1) ?? socket);
exchanges.end(kept);
runRequests(20_000);

answerQuestions(async ({ kind, requests }: IsolatedQuestion): Promise<IsolatedAnswer> => {
  if (kind === 'nanos') return { nanos: nanosPerRequest(requests) };
  if (kind === 'allocations') return { allocations: await countAllocations(exchanges, requests) };
  return { hasRecorded: instrument.exposition === undefined || evidence.test(await instrument.exposition()) };
});

function runRequests(count: number): void {
  for (let index = 0; index < count; index += 1) exchanges.end(exchanges.begin(socket));
}

function nanosPerRequest(count: number): number {
  const start = process.hrtime.bigint();
  runRequests(count);
  return Number(process.hrtime.bigint() - start) / count;
}

async function countAllocations(exchanges: IsolatedExchanges, requests: number): Promise<Allocations> {
  const bytesAllocated = bytesOf(requests);
  const used = sockets.slice(0, connectionsInFlight);
  // What a connection keeps is not a request's.
  for (const each of used) exchanges.end(exchanges.begin(each));
  const before = await settledCounts();
  const held = used.map((each) => exchanges.begin(each));
  const during = await settledCounts();
  for (const exchange of held.splice(0)) exchanges.end(exchange);
  const after = await settledCounts();
  const perRequest = (key: keyof Counts, end: Counts): number => (end[key] - before[key]) / connectionsInFlight;
  return {
    bytesAllocated,
    closuresInFlight: perRequest('closures', during),
    objectsInFlight: perRequest('objects', during),
    closuresRetained: perRequest('closures', after),
    objectsRetained: perRequest('objects', after),
    bytesRetained: await bytesRetained(requests * 10),
  };
}

interface Counts {
  readonly closures: number;
  readonly objects: number;
}

/** What is alive after a full collection. */
async function settledCounts(): Promise<Counts> {
  await settle();
  return {
    closures: queryObjects(Function, { format: 'count' }),
    objects: queryObjects(Object, { format: 'count' }),
  };
}

/** Exact as long as nothing is collected meanwhile: the process is started with a young generation that holds it all. */
function bytesOf(count: number): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  runRequests(count);
  return (process.memoryUsage().heapUsed - before) / count;
}

async function bytesRetained(count: number): Promise<number> {
  await settle();
  const before = process.memoryUsage().heapUsed;
  runRequests(count);
  await settle();
  return (process.memoryUsage().heapUsed - before) / count;
}

/** Lets go of what waits for the next turn of the event loop before it collects. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
}
