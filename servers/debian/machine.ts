/** What this machine is, and what its own apt says about where packages come from. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { executablesIn, type Environment } from '../find-tool.ts';
import { runCommand } from '../process/run-command.ts';
import { parseDeb822Sources, parseOneLineSources, type AptSource } from './sources.ts';

/** A machine whose packages can be read with apt. */
export interface AptMachine {
  /** e.g. `Debian`. */
  readonly distribution: string;
  /** e.g. `bookworm`. */
  readonly ownSuite: string;
  /** Names under which its sources may mention that suite. */
  readonly ownSuiteNames: readonly string[];
  /** Newest first, the own one last. */
  readonly suites: readonly string[];
  readonly sources: readonly AptSource[];
}

/** Newer Debian suites whose Go programs run on older Debian machines. */
const newerDebianSuites: readonly string[] = ['forky', 'trixie'];
const debianAliases: readonly string[] = ['oldstable', 'stable', 'testing', 'unstable', 'sid'];
const neededCommands: readonly string[] = ['apt-get', 'apt-cache', 'apt-config', 'dpkg'];

export interface SystemRelease {
  readonly id: string;
  readonly codename: string;
}

/** What `/etc/os-release` says; on systems without one (macOS) the platform's name. */
export async function systemRelease(file = '/etc/os-release'): Promise<SystemRelease> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const value = (key: string): string => new RegExp(`^${key}="?([^"\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
  return { id: value('ID') || process.platform, codename: value('VERSION_CODENAME') };
}

/** The machine's apt, or in a few words why it has none that can be used. */
export async function aptMachine(environment: Environment, release: SystemRelease): Promise<AptMachine | string> {
  const missing = await missingCommands(environment);
  if (missing.length > 0) return `this machine has no ${missing.join(', ')} (not Debian or Ubuntu?)`;
  if (release.codename === '') return '/etc/os-release does not say which suite (VERSION_CODENAME) this machine runs';
  const isDebian = release.id === 'debian';
  return {
    distribution: capitalise(release.id),
    ownSuite: release.codename,
    ownSuiteNames: [release.codename, ...(isDebian ? debianAliases : [])],
    suites: [...new Set([...(isDebian ? newerDebianSuites : []), release.codename])],
    sources: await readSources(),
  };
}

async function missingCommands(environment: Environment): Promise<readonly string[]> {
  const folders = (environment['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  const found = await Promise.all(neededCommands.map((command) => executablesIn(folders, [command])));
  return neededCommands.filter((_, index) => found[index]?.length === 0);
}

async function readSources(): Promise<readonly AptSource[]> {
  const { stdout } = await runCommand('apt-config', [
    'shell',
    'F',
    'Dir::Etc::sourcelist/f',
    'D',
    'Dir::Etc::sourceparts/d',
  ]);
  const setting = (name: string): string => new RegExp(`^${name}='(.*)'$`, 'm').exec(stdout)?.[1] ?? '';
  const folder = setting('D') || '/etc/apt/sources.list.d';
  const names = (await readdir(folder).catch(() => [])).toSorted((a, b) => (a < b ? -1 : 1));
  const files = [setting('F') || '/etc/apt/sources.list', ...names.map((name) => join(folder, name))];
  return (await Promise.all(files.map(readSourceFile))).flat();
}

async function readSourceFile(file: string): Promise<readonly AptSource[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (file.endsWith('.sources')) return parseDeb822Sources(text);
  return file.endsWith('.list') ? parseOneLineSources(text) : [];
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
