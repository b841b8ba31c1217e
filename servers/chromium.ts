/** A real browser without a window: finds Chromium, or what is built from it, and starts it. */
import { realpath } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { TelltaleError } from '../src/errors.ts';
import { executablesIn, type Environment } from './find-tool.ts';
import { runCommand } from './process/run-command.ts';
import { isAtLeast, parseVersion } from './version.ts';

export interface Chromium {
  readonly path: string;
  readonly version: string;
}

/** The oldest that Grafana's components and Playwright get along with. */
const minimum = '120';
/** The last two are for macOS, where `TELLTALE_TOOLS` has to name the folder within the application. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'Chromium', 'Google Chrome'];

/** Nothing that asks for addresses of its own accord: the tests watch which ones are asked for. */
const quiet = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/**
 * Starts Chromium. Only root, which cannot have its sandbox, goes without.
 * @throws TELLTALE_SERVER when it cannot be found
 */
export async function launchChromium(): Promise<Browser> {
  const { path } = await findChromium();
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath: path, chromiumSandbox: !isRoot, args: quiet });
}

/**
 * Looks in the folders of `TELLTALE_TOOLS`, then in PATH.
 * @throws TELLTALE_SERVER with every place that was looked at in vain, and what to do
 */
export async function findChromium(environment: Environment = process.env): Promise<Chromium> {
  const looked: string[] = [];
  for (const { origin, folders } of await places(environment)) {
    const refused: string[] = [];
    for (const path of await executablesIn(folders, names)) {
      const found = await tryBinary(path);
      if (typeof found !== 'string') return found;
      refused.push(found);
    }
    looked.push(`${origin}: ${refused.join('; ') || (folders.length === 0 ? 'not set' : 'nothing there')}`);
  }
  throw notFound(looked);
}

async function tryBinary(path: string): Promise<Chromium | string> {
  const { output } = await runCommand(path, ['--version'], { timeoutMillis: 20_000 });
  const version = parseVersion(output, /Chrom(?:e|ium) (\d[\d.]*)/);
  if (version === undefined) return `${path} does not say its version`;
  return isAtLeast(version, minimum) ? { path, version } : `${path} is ${version}, older than ${minimum}`;
}

async function places(environment: Environment): Promise<{ origin: string; folders: readonly string[] }[]> {
  return [
    { origin: 'TELLTALE_TOOLS', folders: await splitFolders(environment['TELLTALE_TOOLS']) },
    { origin: 'PATH', folders: await splitFolders(environment['PATH']) },
  ];
}

/** Each folder once: on many systems `/bin` is a link to `/usr/bin`. */
async function splitFolders(list = ''): Promise<readonly string[]> {
  const folders = list.split(delimiter).filter((folder) => folder !== '');
  return [...new Set(await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder))))];
}

function notFound(looked: readonly string[]): TelltaleError {
  const fix =
    'install it (Debian: apt-get install chromium), or put a link called "chromium" into a folder and set TELLTALE_TOOLS to that';
  const places = looked.map((line) => `    ${line}`).join('\n');
  return new TelltaleError(
    'TELLTALE_SERVER',
    `Cannot start Chromium as no copy of at least ${minimum} was found:\n${places}\nWhat to do: ${fix}.`,
    { fix },
  );
}
