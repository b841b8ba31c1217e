/** The command line as users run it: compiled, as a process of its own, text in and text out. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { copyFile, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A command that runs until it is told to end. */
export interface Running {
  /** What it has printed so far. */
  readonly out: () => string;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly ended: Promise<Ended & { readonly signal: NodeJS.Signals | null }>;
}

export interface BuiltCli {
  /** The root of the package that it is. */
  readonly folder: string;
  run(words: readonly string[], folder: string): Promise<Ended>;
  /** @param preload modules to load before it */
  start(words: readonly string[], folder: string, preload?: readonly string[]): Running;
  remove(): Promise<void>;
}

/** Compiles into a folder of its own, so that a `dist/` that is being built meanwhile does not matter. */
export async function buildCli(): Promise<BuiltCli> {
  const folder = await mkdtemp(join(tmpdir(), 'telltale-cli-'));
  await copyFile(join(root, 'package.json'), join(folder, 'package.json'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const dist = join(folder, 'dist');
  execFileSync(process.execPath, [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    join(root, 'tsconfig.build.json'),
    '--outDir',
    dist,
    '--declaration',
    'false',
  ]);
  return {
    folder,
    start: (words, cwd, preload = []) =>
      start([...preload.map((file) => `--import=${file}`), join(dist, 'cli.js'), ...words], cwd),
    run: (words, cwd) => run(join(dist, 'cli.js'), words, cwd),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function run(file: string, words: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [file, ...words], { cwd }, (_, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });
}

function start(words: readonly string[], cwd: string): Running {
  const child = spawn(process.execPath, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  return {
    out: () => said.out,
    signal: (name) => void child.kill(name),
    ended: new Promise((resolve) => {
      child.once('close', (code, signal) => resolve({ code: code ?? -1, signal, ...said }));
    }),
  };
}
