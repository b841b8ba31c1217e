import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { freePort } from '../../servers/process/free-ports.ts';
import { send } from '../support/express-server.ts';

const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

/** Runs what the page says to write, where its imports are found. */
async function startPage(page: string, port: number): Promise<() => string> {
  const [, lines = ''] = /```js\n(.*?)```/s.exec(page) ?? [];
  const script = path('node_modules/.telltale-logs-page.ts');
  await writeFile(script, lines.replace("'telltale'", JSON.stringify(path('src/index.ts'))));
  const args = ['--import', path('test/support/trace-requests.mjs'), path('test/support/load-source.mjs'), script];
  const child = spawn(process.execPath, args, { env: { ...process.env, PORT: String(port) }, stdio: 'pipe' });
  let written = '';
  child.stdout.on('data', (chunk: Buffer) => (written += chunk.toString()));
  onTestFinished(async () => {
    child.kill();
    await once(child, 'exit');
    await rm(script);
  });
  return () => written;
}

it('the lines of docs/logs.md write the line that it shows, and its table explains each field', async () => {
  const page = await readFile(path('docs/logs.md'), 'utf8');
  const [, shown = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
  const port = await freePort();
  const written = await startPage(page, port);
  await vi.waitFor(() => send(port, { path: '/ready' }), { timeout: 20_000, interval: 50 });
  await send(port, { path: '/users/7?token=s3cr3t' });
  const lines = (): readonly string[] => written().trim().split('\n');
  await vi.waitUntil(() => lines().length === 2, { timeout: 5_000 });
  const [looked, request] = lines().map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  const example = JSON.parse(shown) as Readonly<Record<string, unknown>>;
  const { time, pid, hostname, trace_id, span_id, duration_ms } = request ?? {};
  expect(request).toEqual({ ...example, time, pid, hostname, trace_id, span_id, duration_ms });
  expect(Object.keys(request ?? {})).toEqual(Object.keys(example));
  expect(looked).toMatchObject({ request_id: 2, plan: 'pro', msg: 'looked', trace_id, span_id });
  const ofPino = new Set(['time', 'pid', 'hostname', 'msg']);
  const explained = [...page.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, names = '']) => names.match(/\w+/g) ?? []);
  const conditional = ['aborted', 'error_type'];
  expect([...explained].sort()).toEqual(
    [...Object.keys(example).filter((name) => !ofPino.has(name)), ...conditional].sort(),
  );
});
