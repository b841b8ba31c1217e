/** A real PM2 with a home of its own, which goes away with it. It asks nobody on the internet for anything. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { installLocked } from '../../servers/install-locked.ts';
import { isAlive, processTree, signalEach } from '../../servers/process/process-tree.ts';
import { runCommand } from '../../servers/process/run-command.ts';
import { tempFolder } from '../../servers/process/temp-folder.ts';

const folder = fileURLToPath(new URL('../integration/pm2/', import.meta.url));
const loader = fileURLToPath(new URL('load-source.mjs', import.meta.url));

export interface Pm2Options {
  /** Run as `app`, in cluster mode. */
  readonly script: string;
  readonly instances: number;
  readonly env: Readonly<Record<string, string>>;
}

export interface Pm2 {
  /** Throws with what PM2 says when it fails. */
  readonly run: (...args: readonly string[]) => Promise<void>;
  /** The daemon and what it runs. */
  readonly pids: () => Promise<readonly number[]>;
  /** What the instances have written to standard error. */
  readonly errors: () => Promise<string>;
  /** Ends everything, and throws when something is left. */
  readonly kill: () => Promise<void>;
}

export async function startPm2({ script, instances, env }: Pm2Options): Promise<Pm2> {
  installLocked(folder, (command) => console.log(`installing PM2 (${command} in test/integration/pm2)`));
  const home = await tempFolder('pm2');
  const errorFile = join(home.path, 'errors.log');
  const app = { name: 'app', script: loader, args: [script], exec_mode: 'cluster', instances, env };
  // No agent in the instances, and no look at the version control of their folder.
  const quiet = { pmx: false, automation: false, vizion: false };
  const ecosystem = join(home.path, 'ecosystem.json');
  await writeFile(ecosystem, JSON.stringify({ apps: [{ ...app, ...quiet, error_file: errorFile, merge_logs: true }] }));
  const run = async (...args: readonly string[]): Promise<void> => {
    const program = join(folder, 'node_modules/pm2/bin/pm2');
    const { code, output } = await runCommand(process.execPath, [program, ...args], {
      env: { HOME: home.path, PM2_HOME: home.path, PM2_DISABLE_VERSION_CHECK: 'true', PM2_DISCRETE_MODE: 'true' },
    });
    if (code !== 0) throw new Error(`Cannot run pm2 ${args.join(' ')} as it ends with ${code}: ${output}`);
  };
  const pids = async (): Promise<readonly number[]> =>
    processTree(Number(await readFile(join(home.path, 'pm2.pid'), 'utf8')));
  const kill = async (): Promise<void> => {
    const all = await pids();
    await run('kill');
    const left = await leftOf(all);
    signalEach(left, 'SIGKILL');
    await home.remove();
    if (left.length > 0) throw new Error(`Cannot end PM2 as processes ${left.join(', ')} are left`);
  };
  try {
    await run('start', ecosystem);
  } catch (error) {
    await kill();
    throw error;
  }
  return { run, pids, errors: () => readFile(errorFile, 'utf8'), kill };
}

/** The daemon answers before it ends. */
async function leftOf(pids: readonly number[]): Promise<readonly number[]> {
  for (const deadline = Date.now() + 10_000; pids.some(isAlive) && Date.now() < deadline;) await sleep(50);
  return pids.filter(isAlive);
}
