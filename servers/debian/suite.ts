/** One suite of the machine's archive, read into a private apt state: nothing of the system's own apt is touched. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, type CommandResult } from '../process/run-command.ts';
import { upstreamVersion } from '../version.ts';
import type { AptMachine } from './machine.ts';
import { formatSources, swapSuite } from './sources.ts';

export interface Suite {
  readonly name: string;
  /** What `apt-get update` said when it did not succeed for every source. */
  readonly complaint: string;
  /** The upstream version of each of these packages that the suite has. */
  versions(packages: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The packages of shared libraries that these packages need, beside the C library itself. */
  libraries(packages: readonly string[]): Promise<readonly string[]>;
  /** Downloads packages and returns their files; throws nothing: what is missing is not in the result. */
  download(packages: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Libraries are packaged under such names; everything else a package depends on concerns its installation. */
const libraryName = /^(lib|lua|zlib)/;
/** Part of every machine and tied to its kernel and loader, or an alternative nobody takes. */
const neverUnpacked: ReadonlySet<string> = new Set(['libc6', 'libelogind0']);

/** Reads a suite's package list into `folder`, deriving its sources from the machine's own. */
export async function openSuite(machine: AptMachine, name: string, folder: string): Promise<Suite> {
  const downloads = join(folder, 'archives');
  const sourceFile = join(folder, 'telltale.sources');
  await Promise.all(
    [downloads, join(folder, 'lists')].map((path) => mkdir(join(path, 'partial'), { recursive: true })),
  );
  await writeFile(join(folder, 'status'), '');
  await writeFile(sourceFile, formatSources(swapSuite(machine.sources, machine.ownSuiteNames, name)));
  const apt = (command: string, args: readonly string[], timeoutMillis = 60_000): Promise<CommandResult> =>
    runCommand(command, [...privateState(folder, sourceFile), ...args], {
      cwd: downloads,
      timeoutMillis,
      env: { LC_ALL: 'C' },
    });

  const update = await apt('apt-get', ['update'], 300_000);
  return {
    name,
    complaint: update.code === 0 ? '' : firstComplaint(update.output),
    async versions(packages) {
      const { stdout } = await apt('apt-cache', ['madison', ...packages]);
      const rows = [...stdout.matchAll(/^\s*(\S+)\s*\|\s*(\S+)\s*\|/gm)].reverse();
      return new Map(rows.map(([, pkg = '', version = '']) => [pkg, upstreamVersion(version)]));
    },
    async libraries(packages) {
      const onlyNeeded = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'].map(
        (kind) => `--no-${kind}`,
      );
      const { stdout } = await apt('apt-cache', ['depends', '--recurse', ...onlyNeeded, ...packages]);
      return reachableLibraries(parseDependencies(stdout), packages);
    },
    async download(packages) {
      await apt('apt-get', ['download', ...packages], 600_000);
      const files = (await readdir(downloads)).filter((file) => file.endsWith('.deb'));
      return new Map(files.map((file) => [file.split('_')[0] ?? file, join(downloads, file)]));
    },
  };
}

/** Which packages each package depends on, from `apt-cache depends`; of alternatives only the first. */
export function parseDependencies(text: string): ReadonlyMap<string, readonly string[]> {
  const dependencies = new Map<string, string[]>();
  let current: string[] = [];
  let isAlternative = false;
  for (const line of text.split('\n')) {
    const [, bar, dependency] = /^ {1,2}(\|?)(?:Pre)?Depends: (\S+)/.exec(line) ?? [];
    if (dependency !== undefined) {
      if (!isAlternative) current.push(dependency.replace(/:any$/, ''));
      isAlternative = bar === '|';
    } else if (/^\S/.test(line)) {
      current = [];
      isAlternative = false;
      dependencies.set(line.trim(), current);
    }
  }
  return dependencies;
}

/** The libraries reached from some packages, going only through libraries. */
export function reachableLibraries(
  dependencies: ReadonlyMap<string, readonly string[]>,
  packages: readonly string[],
): readonly string[] {
  const reached = new Set<string>();
  const visit = (name: string): void => {
    for (const next of dependencies.get(name) ?? []) {
      if (!libraryName.test(next) || neverUnpacked.has(next) || reached.has(next)) continue;
      reached.add(next);
      visit(next);
    }
  };
  packages.forEach(visit);
  return [...reached].sort();
}

function privateState(folder: string, sourceFile: string): readonly string[] {
  const settings = {
    'Dir::State': folder,
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': folder,
    'Dir::Cache::archives': join(folder, 'archives'),
    'Dir::Etc::sourcelist': sourceFile,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'Acquire::Languages': 'none',
    // As root, apt would fetch as the user _apt, who may not reach a cache folder below /root.
    'APT::Sandbox::User': 'root',
  };
  return ['-q', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
}

/** apt's own summary (`E:`, `W:`), which says more than the line about the failed fetch (`Err:`). */
function firstComplaint(output: string): string {
  const lines = output.trim().split('\n');
  const line = lines.find((text) => /^[EW]: /.test(text)) ?? lines.at(-1) ?? '';
  return line.replace(/^[EW]: /, '').slice(0, 200);
}
