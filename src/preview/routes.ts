/** Every path that the preview answers, and the way from a request to its answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { alertmanagerPaths, prometheusPaths } from './allowed-paths.ts';
import { type Answer, problemAnswer, sendAnswer, wrongMethod } from './answer.ts';
import { listControls, setControl } from './controls.ts';
import type { Exchange, Site } from './exchange.ts';
import { refusalOf } from './guards.ts';
import { dashboardAnswer, previewAnswer, runbookAnswer } from './pack-answers.ts';
import { pageAnswer } from './page-answer.ts';
import { proxy } from './proxy.ts';
import { targetOf } from './target.ts';

interface Route {
  /** The whole path; with `rest`, what it starts with. */
  readonly path: string;
  readonly rest?: true;
  readonly methods: readonly string[];
  /** Undefined when the answer has been sent already. */
  answer(exchange: Exchange): Promise<Answer | undefined>;
}

const read = ['GET', 'HEAD'];
const write = ['POST'];
const passOn = ['GET', 'POST'];

const unknownPath = problemAnswer(404, 'Cannot find this path: the API has no such part');
const noAlertmanager = problemAnswer(404, 'Cannot ask Alertmanager: this preview was given none');

/** The first that matches. */
const routes: readonly Route[] = [
  { path: '/api/preview', methods: read, answer: previewAnswer },
  { path: '/api/dashboards/', rest: true, methods: read, answer: dashboardAnswer },
  { path: '/api/runbooks/', rest: true, methods: read, answer: runbookAnswer },
  {
    path: '/api/prometheus',
    rest: true,
    methods: passOn,
    answer: (exchange) => proxy(exchange, exchange.site.prometheus, prometheusPaths),
  },
  {
    path: '/api/alertmanager',
    rest: true,
    methods: passOn,
    answer: async (exchange) => {
      const { alertmanager } = exchange.site;
      return alertmanager === undefined ? noAlertmanager : proxy(exchange, alertmanager, alertmanagerPaths);
    },
  },
  { path: '/api/controls', methods: read, answer: listControls },
  { path: '/api/controls/', rest: true, methods: write, answer: setControl },
  { path: '/api', methods: read, answer: async () => unknownPath },
  { path: '/api/', rest: true, methods: read, answer: async () => unknownPath },
  { path: '', rest: true, methods: read, answer: pageAnswer },
];

/** Answers every request, and never rejects. */
export async function respond(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  try {
    const answer = await answerTo(request, response, site);
    if (answer !== undefined) sendAnswer(answer, request, response);
  } catch (error) {
    // After the headers only breaking off shows that something is wrong.
    if (response.headersSent) response.destroy();
    else sendAnswer(problemAnswer(500, mistake(error)), request, response);
  }
}

async function answerTo(request: IncomingMessage, response: ServerResponse, site: Site): Promise<Answer | undefined> {
  const target = targetOf(request.url ?? '');
  if (target === undefined) return problemAnswer(400, 'Cannot answer for this address: it must be a plain path');
  const { path, query } = target;
  const refusal = refusalOf({ request, path, host: site.host });
  if (refusal !== undefined) return refusal;
  const route = routes.find((route) => (route.rest === true ? path.startsWith(route.path) : path === route.path));
  if (route === undefined) return unknownPath;
  if (!route.methods.includes(request.method ?? '')) return wrongMethod(request.method, route.methods);
  return route.answer({ site, request, response, rest: path.slice(route.path.length), query });
}

function mistake(error: unknown): string {
  return `A mistake of telltale, please report it: ${error instanceof Error ? error.message : String(error)}`;
}
