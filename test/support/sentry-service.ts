/** The service of docs/sentry.md in a process of its own, and a server in the place of Sentry that keeps what it is sent. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { installLocked } from '../../servers/install-locked.ts';
import { freePort } from '../../servers/process/free-ports.ts';

const folder = fileURLToPath(new URL('../integration/sentry/', import.meta.url));
const loader = fileURLToPath(new URL('load-source.mjs', import.meta.url));
const runtime = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

/** An event as Sentry's SDK sends it, as far as it is looked at. */
export interface SentryEvent {
  readonly exception: { readonly values: readonly { readonly type: string; readonly value: string }[] };
  readonly transaction?: string;
  readonly release?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly request?: unknown;
  readonly user?: unknown;
  readonly breadcrumbs?: unknown;
}

export interface FakeSentry {
  readonly dsn: string;
  /** Everything, as sent. */
  readonly received: string[];
  readonly events: () => readonly SentryEvent[];
  readonly close: () => void;
}

/** @param answers False: it accepts connections and never answers. */
export async function startFakeSentry(answers = true): Promise<FakeSentry> {
  const received: string[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      received.push((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString());
      if (answers) response.end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    dsn: `http://key@127.0.0.1:${(server.address() as AddressInfo).port}/1`,
    received,
    events: () => received.flatMap(eventsIn),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** An envelope is a JSON text per line. */
function eventsIn(envelope: string): readonly SentryEvent[] {
  const lines = envelope.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as object).filter((line): line is SentryEvent => 'exception' in line);
}

export interface SentryService {
  readonly port: number;
  /** Its exit code and all that it wrote on standard error; ends it by SIGTERM should it still run. */
  readonly stop: () => Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
}

export interface SentryServiceOptions {
  readonly dsn: string;
  /** Runs at the end of the page's lines. */
  readonly lastLines?: string;
}

export async function startSentryService({ dsn, lastLines = '' }: SentryServiceOptions): Promise<SentryService> {
  installLocked(folder, (command) => console.log(`installing Sentry's SDK (${command} in test/integration/sentry)`));
  const page = await readFile(new URL('../../docs/sentry.md', import.meta.url), 'utf8');
  const [, lines = ''] = /```js\n(.*?)```/s.exec(page) ?? [];
  // Where the page's imports are found: the SDK is installed there.
  const script = `${folder}node_modules/page.ts`;
  await writeFile(script, `${lines.replace("'telltale'", JSON.stringify(runtime))}\n${lastLines}`);
  const port = await freePort();
  const env = { PATH: process.env['PATH'], SENTRY_DSN: dsn, SERVICE_VERSION: '1.4.0', PORT: String(port) };
  const child = spawn(process.execPath, [loader, script], { env, stdio: ['ignore', 'inherit', 'pipe'] });
  const errors = text(child.stderr);
  const ended = once(child, 'exit').then(async ([code]) => ({ code: code as number | null, errors: await errors }));
  return {
    port,
    ended,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
