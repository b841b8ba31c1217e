/** The page, built beside the start of everything else: seconds when it is up to date, a minute or two the first time. */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { keepUntilExit, release } from '../../servers/process/live.ts';
import { signalEach } from '../../servers/process/process-tree.ts';
import { withLock } from '../../servers/lock.ts';
import { TelltaleError } from '../../src/errors.ts';

export interface BuildPageOptions {
  /** Told what is being done, one line each. */
  readonly progress: (line: string) => void;
  readonly signal: AbortSignal;
}

/** `npm run` starts scripts here. */
const root = resolve('.');

/** @throws TELLTALE_SERVER with the end of what the build said */
export async function buildPage(options: BuildPageOptions): Promise<void> {
  // Two demos that start at once must not install into the same folder.
  await withLock(join(root, 'node_modules', '.cache', 'telltale', 'page.lock'), () => runBuild(options));
}

async function runBuild({ progress, signal }: BuildPageOptions): Promise<void> {
  signal.throwIfAborted();
  // A group of its own, so that npm and whatever it starts can be ended together.
  const child = spawn(process.execPath, [join(root, 'scripts', 'build-preview.mjs')], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const group = -(child.pid ?? 0);
  const end = (): void => signalEach([group], 'SIGTERM');
  if (group !== 0) keepUntilExit('process', String(group));
  signal.addEventListener('abort', end, { once: true });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line);
    progress(line);
  });
  const code = await new Promise<number | null>((done) => {
    child.once('error', () => done(null));
    child.once('close', done);
  });
  signal.removeEventListener('abort', end);
  release('process', String(group));
  signal.throwIfAborted();
  if (code !== 0) throw pageNotBuilt(said);
}

function pageNotBuilt(said: readonly string[]): TelltaleError {
  const why = said.find((line) => line.startsWith('Cannot ')) ?? 'Cannot build the page';
  const fix = said.find((line) => line.startsWith('fix: '))?.slice('fix: '.length);
  return new TelltaleError('TELLTALE_SERVER', why, fix === undefined ? {} : { fix });
}
