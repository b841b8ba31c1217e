/**
 * `npm run demo`: the whole stack live on this machine, with traffic and dashboards, until Ctrl-C.
 * `npm run demo -- --no-open` opens no browser.
 */
import { parseArgs } from 'node:util';
import type { Lab } from '../servers/lab/lab.ts';
import { shortenedAlerts, waitInWords } from './demo/demo-config.ts';
import { formatElapsed } from './demo/format.ts';
import { canShowBrowser, openBrowser } from './demo/open-browser.ts';
import { noSnapshot, takeSnapshot } from './demo/snapshot.ts';
import { type Demo, startDemo } from './demo/start-demo.ts';
import { untilSampled } from './demo/until-sampled.ts';
import { type Address, renderView } from './demo/view.ts';

const refreshMillis = 2_000;
/** Without a terminal the view is printed now and then instead of redrawn. */
const printEveryMillis = 15_000;

const { values: options } = parseArgs({ options: { 'no-open': { type: 'boolean' } } });
const { platform, env: environment } = process;
const isTerminal = process.stdout.isTTY;
const colours = isTerminal && environment['NO_COLOR'] === undefined;
const wantsBrowser = options['no-open'] !== true && canShowBrowser({ isTerminal, platform, environment });
const started = Date.now();

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

try {
  await run();
} catch (error) {
  report(error);
}
process.exit();

async function run(): Promise<void> {
  const demo = await startDemo({ progress: say, signal: stopping.signal }).catch(unlessStopping);
  if (demo === undefined) return;
  try {
    await show(demo);
  } finally {
    await demo.stop();
  }
}

async function show({ lab, inbox, page }: Demo): Promise<void> {
  if ('url' in page) say(`the dashboards are at ${page.url}`);
  say('waiting for the first samples');
  await untilSampled(lab.prometheus.url, stopping.signal);
  if ('url' in page && wantsBrowser && !stopping.signal.aborted) await openBrowser(page.url);
  let snapshot = noSnapshot;
  while (!stopping.signal.aborted) {
    // A moment without an answer is no reason to end: what was seen last stays.
    snapshot = await takeSnapshot(lab.prometheus.url).catch(() => snapshot);
    const view = renderView({
      dashboards: 'url' in page ? [page.url] : messageOf(page),
      snapshot,
      note: `Alerts of the switches wait ${waitInWords(shortenedAlerts)}; thresholds are as shipped.`,
      notifications: inbox.latest(),
      addresses: addressesOf(lab),
      elapsedSeconds: elapsedSeconds(),
      colours,
      columns: process.stdout.columns ?? 160,
    });
    process.stdout.write(isTerminal ? `\u001B[H\u001B[J${view}\n` : `${view}\n\n`);
    await pause(isTerminal ? refreshMillis : printEveryMillis);
  }
}

function addressesOf({ services: { api, payments }, prometheus, alertmanager, ports, folder }: Lab): Address[] {
  return [
    { name: 'api', url: `${api.url}  (/metrics, /health, /ready)` },
    { name: 'payments', url: `${payments.url}  (/metrics, /health, /ready)` },
    { name: 'Prometheus', url: `${prometheus.url}/api/v1/query?query=up` },
    { name: 'Alertmanager', url: `${alertmanager.url}/api/v2/alerts` },
    { name: 'more faults', url: `curl http://127.0.0.1:${ports.apiAdmin}/faults  (examples/README.md)` },
    { name: 'emitted files', url: folder },
  ];
}

/** The first signal ends everything in order, a second one at once. */
function stop(): void {
  if (stopping.signal.aborted) process.exit(130);
  say('stopping');
  stopping.abort();
}

/** Ctrl-C reaches the programs that are just being started, too: that they end early is no news. */
function unlessStopping(error: unknown): undefined {
  if (!stopping.signal.aborted) throw error;
}

function say(line: string): void {
  process.stdout.write(`${formatElapsed(elapsedSeconds()).padStart(7)}  ${line}\n`);
}

function report(error: unknown): void {
  process.stderr.write(`${messageOf(error).join('\n')}\n`);
  process.exitCode = 1;
}

/** The message, and what to do about it. */
function messageOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  return [error.message, ...('fix' in error && typeof error.fix === 'string' ? [`fix: ${error.fix}`] : [])];
}

function elapsedSeconds(): number {
  return (Date.now() - started) / 1_000;
}

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, millis);
    stopping.signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      stopping.signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
