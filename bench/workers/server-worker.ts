/** A real server with one contestant in it, which tells how much CPU time its process has used. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contestantOf } from '../contestants.ts';
import { loaderOf } from '../paths.ts';
import { answerQuestions } from './answer.ts';
import { evidence, trivialApp } from './trivial-app.ts';

export type ServerQuestion = { readonly kind: 'port' | 'start' | 'stop' | 'has-recorded' };
/** The port; CPU microseconds since `start`; 1 where the contestant has recorded the requests, else 0. */
export type ServerAnswer = number;

const contestant = contestantOf(process.argv[2]);
const instrument = await contestant.start(loaderOf(contestant.folder));
const server = createServer(trivialApp(contestant, loaderOf(), instrument.middleware));
server.keepAliveTimeout = 600_000;
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));

let before = process.cpuUsage();

const answers = {
  port: () => (server.address() as AddressInfo).port,
  /** No collection is forced: that throws away compiled code, which a service in production never does. */
  start: () => {
    before = process.cpuUsage();
    return 0;
  },
  stop: () => {
    const { user, system } = process.cpuUsage(before);
    return user + system;
  },
  'has-recorded': async () =>
    instrument.exposition === undefined || evidence.test(await instrument.exposition()) ? 1 : 0,
} satisfies Record<ServerQuestion['kind'], () => ServerAnswer | Promise<ServerAnswer>>;

answerQuestions(({ kind }: ServerQuestion): ServerAnswer | Promise<ServerAnswer> => answers[kind]());
