/** Looks for a program in one place after another, and notes why anything found there was passed over. */
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { toolSpec, type ToolName } from './all-tools.ts';
import { readUnpacked } from './debian/unpacked.ts';
import { runCommand } from './process/run-command.ts';
import { isAtLeast, parseVersion } from './version.ts';

/** A program that was found and is recent enough. */
export interface Tool {
  readonly name: ToolName;
  readonly path: string;
  readonly version: string;
  /** Where it came from: `TELLTALE_TOOLS`, `PATH`, `Docker plugins` or e.g. `Debian forky`. */
  readonly origin: string;
  /** Variables it must be run with, e.g. where its libraries were unpacked. */
  readonly env: Readonly<Record<string, string>>;
  /** What was found before it and not taken, e.g. `/usr/bin/prometheus is 2.42.0, older than 3.5`. */
  readonly passedOver: readonly string[];
}

/** The variables that decide where to look. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Search {
  readonly tool?: Tool;
  /** One line per place that was looked at in vain. */
  readonly looked: readonly string[];
}

interface Place {
  readonly origin: string;
  readonly folders: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Looks in `TELLTALE_TOOLS`, PATH, Docker's plugin folders and the cache of unpacked packages, in that order. */
export async function findTool(name: ToolName, environment: Environment, cacheFolder: string): Promise<Search> {
  const passedOver: string[] = [];
  const looked: string[] = [];
  for (const place of await placesFor(name, environment, cacheFolder)) {
    const found = await lookIn(place, name);
    if ('tool' in found) return { tool: { ...found.tool, passedOver }, looked };
    passedOver.push(...found.refused);
    looked.push(`${place.origin}: ${found.refused.join('; ') || describeEmpty(place)}`);
  }
  return { looked };
}

/** Runs a binary to learn its version. Gives the tool, or why it cannot be used. */
export async function tryBinary(
  name: ToolName,
  path: string,
  origin: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Tool | string> {
  const spec = toolSpec(name);
  const { output } = await runCommand(path, spec.versionArguments, { env, timeoutMillis: 20_000 });
  const version = parseVersion(output, spec.versionPattern);
  if (version === undefined) return `${path} does not say its version (${firstLine(output)})`;
  if (!isAtLeast(version, spec.minimum)) return `${path} is ${version}, older than ${spec.minimum}`;
  return { name, path, version, origin, env, passedOver: [] };
}

/** The executable files in these folders that have one of these names, in the folders' order. */
export async function executablesIn(folders: readonly string[], names: readonly string[]): Promise<readonly string[]> {
  const paths = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const present = await Promise.all(paths.map(isExecutable));
  return paths.filter((_, index) => present[index]);
}

async function lookIn(place: Place, name: ToolName): Promise<{ tool: Tool } | { refused: readonly string[] }> {
  const refused: string[] = [];
  for (const path of await executablesIn(place.folders, toolSpec(name).binaries)) {
    const result = await tryBinary(name, path, place.origin, place.env);
    if (typeof result !== 'string') return { tool: result };
    refused.push(result);
  }
  return { refused };
}

async function placesFor(name: ToolName, environment: Environment, cacheFolder: string): Promise<readonly Place[]> {
  const spec = toolSpec(name);
  const unpacked = await readUnpacked(cacheFolder, spec.debian.package);
  const plugins = (spec.alsoIn ?? []).map((folder) => folder.replace(/^~/, environment['HOME'] ?? homedir()));
  return [
    { origin: 'TELLTALE_TOOLS', folders: await splitFolders(environment['TELLTALE_TOOLS']) },
    { origin: 'PATH', folders: await splitFolders(environment['PATH']) },
    ...(plugins.length > 0 ? [{ origin: 'Docker plugins', folders: plugins }] : []),
    unpacked ?? { origin: `cache ${cacheFolder}`, folders: [] },
  ];
}

function describeEmpty(place: Place): string {
  if (place.origin === 'TELLTALE_TOOLS' && place.folders.length === 0) return 'not set';
  return 'nothing there';
}

/** Each folder once: on many systems `/bin` is a link to `/usr/bin`. */
async function splitFolders(list: string | undefined): Promise<readonly string[]> {
  const folders = (list ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...new Set(await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder))))];
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]?.slice(0, 160) ?? '';
}
