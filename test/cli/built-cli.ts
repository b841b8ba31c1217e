/** The command line as users run it: compiled, as a process of its own, text in and text out. */
import { execFile, execFileSync } from 'node:child_process';
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

export interface BuiltCli {
  run(words: readonly string[], folder: string): Promise<Ended>;
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
