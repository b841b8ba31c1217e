/** `npm run demo`: the whole stack live on this machine, with traffic, until Ctrl-C. */
import { startTraffic } from '../examples/traffic.ts';
import { startLab, type Lab } from '../servers/lab/lab.ts';
import { provide } from '../servers/provide.ts';
import { toolsTable } from '../servers/tools-table.ts';
import { takeSnapshot } from './demo/snapshot.ts';
import { renderView, type Address } from './demo/view.ts';

const refreshMillis = 2_000;
/** Without a terminal the view is printed now and then instead of redrawn. */
const printEveryMillis = 15_000;

const isTerminal = process.stdout.isTTY;
const colours = isTerminal && process.env['NO_COLOR'] === undefined;

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());

try {
  await demo();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
process.exit();

async function demo(): Promise<void> {
  const started = Date.now();
  say('finding Prometheus, Alertmanager, Redis and the exporters (about 10 s the first time)');
  const tools = await provide([
    'prometheus',
    'promtool',
    'alertmanager',
    'redis-server',
    'node-exporter',
    'postgres-exporter',
    'redis-exporter',
    'blackbox-exporter',
  ]);
  process.stdout.write(toolsTable(Object.values(tools)));
  const lab = await startLab({ progress: say });
  const traffic = startTraffic({
    api: lab.services.api.url,
    payments: lab.services.payments.url,
    requestsPerSecond: 20,
    pattern: 'daily',
  });
  try {
    await show(lab, started);
  } finally {
    say('stopping');
    await traffic.stop();
    await lab.stop();
  }
}

async function show(lab: Lab, started: number): Promise<void> {
  while (!stopping.signal.aborted) {
    const snapshot = await takeSnapshot(lab.prometheus.url);
    const view = renderView({
      snapshot,
      addresses: addressesOf(lab),
      tryThis: tryThese(lab),
      elapsedSeconds: (Date.now() - started) / 1_000,
      colours,
      columns: process.stdout.columns ?? 160,
    });
    process.stdout.write(isTerminal ? `\u001B[H\u001B[J${view}\n` : `${view}\n\n`);
    await pause(isTerminal ? refreshMillis : printEveryMillis);
  }
}

function addressesOf(lab: Lab): Address[] {
  const { api, payments } = lab.services;
  return [
    { name: 'api', url: `${api.url}  (/metrics, /health, /ready)` },
    { name: 'payments', url: `${payments.url}  (/metrics, /health, /ready)` },
    { name: 'Prometheus API', url: `${lab.prometheus.url}/api/v1/query?query=up` },
    { name: 'Alertmanager', url: `${lab.alertmanager.url}/api/v2/alerts` },
    { name: 'emitted files', url: lab.folder },
  ];
}

function tryThese(lab: Lab): string[] {
  const admin = `http://127.0.0.1:${lab.ports.apiAdmin}/faults`;
  const json = "-H 'content-type: application/json'";
  return [
    `curl ${admin}`,
    `curl -X POST ${admin}/errors ${json} -d '{"on": true}'`,
    `curl -X POST ${admin}/block-event-loop ${json} -d '{"on": true}'`,
  ];
}

function say(line: string): void {
  process.stdout.write(`${line} ...\n`);
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
