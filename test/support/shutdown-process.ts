/** The service of fixtures/shutdown.ts as a process: what it says, how it ends, and clients that a load balancer leads. */
import { spawn } from 'node:child_process';
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished, vi } from 'vitest';
import type { Plan } from '../instrument/fixtures/shutdown.ts';

export interface ShutdownProcess {
  readonly port: number;
  readonly pid: number;
  /** What it has written to standard output, lines of one kind left out: where it listens. */
  readonly said: () => readonly string[];
  readonly logged: () => readonly string[];
  readonly kill: (signal: NodeJS.Signals) => void;
  /** `code signal`, once its output is read too. */
  readonly ended: Promise<string>;
}

const loader = fileURLToPath(new URL('load-source.mjs', import.meta.url));
const script = fileURLToPath(new URL('../instrument/fixtures/shutdown.ts', import.meta.url));
const patiently = { timeout: 20_000, interval: 5 };

/** Resolves once it listens; killed with the test. */
export async function startShutdownProcess(plan: Plan, prefix: readonly string[] = []): Promise<ShutdownProcess> {
  const [command, ...args] = [...prefix, process.execPath, loader, script];
  const child = spawn(command, args, { env: { ...process.env, SHUTDOWN: JSON.stringify(plan) } });
  const texts = { out: '', error: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.error += chunk.toString()));
  const ended = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => resolve(`${code} ${signal}`));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const port = await vi.waitUntil(() => /"port":(\d+)/.exec(texts.out)?.[1], patiently);
  return {
    port: Number(port),
    pid: child.pid ?? 0,
    said: () => linesOf(texts.out).filter((line) => !line.startsWith('{')),
    logged: () => linesOf(texts.error).map((line) => line.replace(/\d+ ms$/, 'N ms')),
    kill: (signal) => child.kill(signal),
    ended,
  };
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

export interface Load {
  /** Requests sent, and what came of those that were not answered 2xx. */
  readonly sent: () => number;
  /** Ends when the load balancer has taken the service out, or at a call. */
  readonly failures: Promise<readonly string[]>;
}

/** Clients that send one request after the other for as long as `/ready` says 200, on kept and on new connections. */
export function startLoad(port: number): Load {
  const kept = new Agent({ keepAlive: true });
  const failures: string[] = [];
  const state = { sent: 0, ready: true };
  const send = async (path: string, agent: Agent | false): Promise<void> => {
    state.sent += 1;
    const answer = await answerOf(port, path, agent);
    if (answer !== '200') failures.push(`${path}: ${answer}`);
  };
  const client = async (agent: Agent | false): Promise<void> => {
    while (state.ready) await send(`/slow?millis=${Math.round(Math.random() * 40)}`, agent);
  };
  const balancer = async (): Promise<void> => {
    while (state.ready) {
      await sleep(10);
      state.ready = (await answerOf(port, '/ready', false)) === '200';
    }
  };
  const clients = [...Array.from({ length: 10 }, () => kept), ...Array.from({ length: 5 }, () => false as const)];
  const all = Promise.all([balancer(), ...clients.map(client)]);
  return { sent: () => state.sent, failures: all.then(() => failures).finally(() => kept.destroy()) };
}

/** The status of the answer, or the code of the error. */
export function answerOf(port: number, path: string, agent: Agent | false = false): Promise<string> {
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path, agent }, (response) => {
      response.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      response.resume().on('end', () => resolve(String(response.statusCode)));
    }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
