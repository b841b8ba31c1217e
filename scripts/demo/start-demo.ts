/** Starts all of the demo: the lab, and beside it the build of the page; then the preview over both. */
import type { Lab } from '../../servers/lab/lab.ts';
import type { LabPorts } from '../../servers/lab/lab-ports.ts';
import { createStage, type Stage } from '../../servers/process/stage.ts';
import { provide } from '../../servers/provide.ts';
import { toolsTable } from '../../servers/tools-table.ts';
import { buildPage } from './build-page.ts';
import { type Inbox, startInbox } from './inbox.ts';
import { type DemoLab, type DemoLabOptions, startDemoLab } from './demo-lab.ts';
import { choosePagePort, startPage } from './start-page.ts';

export interface Demo {
  readonly lab: Lab;
  readonly inbox: Inbox;
  /** The dashboards, or why the page could not be built. */
  readonly page: { readonly url: string } | Error;
  stop(): Promise<void>;
}

export interface StartDemoOptions {
  /** Told what is being done, one line each. */
  readonly progress: (line: string) => void;
  /** Ends the start. */
  readonly signal: AbortSignal;
}

/** Easy to remember, where they are free. */
const ports: Partial<LabPorts> = { api: 3000, payments: 3001, prometheus: 9090, alertmanager: 9093 };

/** @throws TELLTALE_SERVER when the lab does not start, the reason of the signal when that ended it; nothing is left then. */
export async function startDemo({ progress, signal }: StartDemoOptions): Promise<Demo> {
  const stage = createStage();
  const failing = new AbortController();
  const options = { progress, signal: AbortSignal.any([signal, failing.signal]) };
  const port = await choosePagePort(progress);
  const inbox = await stage.use(startInbox());
  const lab = startFoundLab(stage, { page: `http://127.0.0.1:${port}`, inbox: inbox.url, ports, ...options });
  // Without its page, the demo still shows the figures and alerts in the terminal.
  const problem = buildPage(options).then(() => undefined, asError);
  try {
    const demoLab = await lab;
    const page = (await problem) ?? (await stage.use(startPage(demoLab, port, progress)));
    signal.throwIfAborted();
    return { lab: demoLab.lab, inbox, page, stop: () => stage.close() };
  } catch (error) {
    failing.abort(error);
    await Promise.allSettled([lab, problem]);
    await stage.close();
    throw error;
  }
}

async function startFoundLab(stage: Stage, options: DemoLabOptions & StartDemoOptions): Promise<DemoLab> {
  options.progress('finding Prometheus, Alertmanager, Redis and the exporters (about 10 s the first time)');
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
  return stage.use(startDemoLab(options));
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
