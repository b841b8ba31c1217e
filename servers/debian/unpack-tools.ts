/** Gets missing programs out of Debian packages: newest suite first, all that one suite has in one go. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toolSpec, type ToolName } from '../all-tools.ts';
import { executablesIn, tryBinary } from '../find-tool.ts';
import { isAtLeast } from '../version.ts';
import type { AptMachine } from './machine.ts';
import { openSuite, type Suite } from './suite.ts';
import { unpackCandidate, type Candidate } from './unpacked.ts';

/** Why each tool could not be had from a suite: lines such as `Debian forky: has only 2.53`. */
export type Refusals = Map<ToolName, string[]>;

/** Unpacks what it can of `names` into the cache, and says why for the rest. Call it under the cache's lock. */
export async function unpackTools(
  names: readonly ToolName[],
  machine: AptMachine,
  cacheFolder: string,
): Promise<Refusals> {
  const refusals: Refusals = new Map(names.map((name) => [name, []]));
  const from = (kind: string): ToolName[] => names.filter((name) => toolSpec(name).debian.from === kind);
  await removeLeftovers(cacheFolder);
  const stateFolder = await mkdtemp(join(cacheFolder, '.apt-'));
  try {
    await Promise.all([
      unpackFromSuites(from('newest-suite'), machine.suites, 'newest'),
      unpackFromSuites(from('own-suite'), [machine.ownSuite], 'own'),
    ]);
  } finally {
    await rm(stateFolder, { recursive: true, force: true });
  }
  return refusals;

  async function unpackFromSuites(
    wanted: readonly ToolName[],
    suites: readonly string[],
    label: string,
  ): Promise<void> {
    let missing = wanted;
    for (const name of suites) {
      if (missing.length === 0) return;
      const suite = await openSuite(machine, name, join(stateFolder, `${label}-${name}`));
      missing = await unpackFromSuite(missing, suite, `${machine.distribution} ${name}`, cacheFolder, refusals);
    }
  }
}

/** Folders of a process that was killed while it unpacked: under the lock, nobody else uses them. */
async function removeLeftovers(cacheFolder: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const leftovers = (await readdir(cacheFolder)).filter((name) => /^\.(new|apt)-/.test(name));
  await Promise.all(leftovers.map((name) => rm(join(cacheFolder, name), { recursive: true, force: true })));
}

/** Returns the tools this suite could not give. */
async function unpackFromSuite(
  names: readonly ToolName[],
  suite: Suite,
  origin: string,
  cacheFolder: string,
  refusals: Refusals,
): Promise<readonly ToolName[]> {
  const refuse = (name: ToolName, why: string): void => void refusals.get(name)?.push(`${origin}: ${why}`);
  const versions = await suite.versions(names.map((name) => toolSpec(name).debian.package));
  const offered = names.filter((name) => {
    const why = judgeOffer(name, versions.get(toolSpec(name).debian.package), suite.complaint);
    if (why !== undefined) refuse(name, why);
    return why === undefined;
  });
  if (offered.length === 0) return names;
  const contents = await packageContents(offered, suite);
  const files = await suite.download([...new Set([...contents.values()].flat())]);
  const unpacked = new Set<ToolName>();
  for (const [packageName, parts] of contents) {
    const tools = offered.filter((name) => toolSpec(name).debian.package === packageName);
    const lost = parts.filter((part) => !files.has(part));
    const why =
      lost.length > 0 ? `could not download ${lost.join(', ')}` : await unpackAndTry(packageName, parts, tools);
    for (const name of tools) {
      if (why === undefined) unpacked.add(name);
      else refuse(name, why);
    }
  }
  return names.filter((name) => !unpacked.has(name));

  async function unpackAndTry(
    packageName: string,
    parts: readonly string[],
    tools: readonly ToolName[],
  ): Promise<string | undefined> {
    const paths = parts.flatMap((part) => files.get(part) ?? []);
    const specs = tools.map((name) => toolSpec(name).debian);
    const candidate = await unpackCandidate(cacheFolder, packageName, paths, {
      origin,
      withLibraries: specs.some((spec) => spec.from === 'own-suite'),
      dataFolder: specs.find((spec) => spec.dataFolder !== undefined)?.dataFolder,
    });
    const why = (await Promise.all(tools.map((name) => tryCandidate(name, candidate)))).find(
      (reason) => reason !== undefined,
    );
    await (why === undefined ? candidate.keep() : candidate.discard());
    return why;
  }
}

function judgeOffer(name: ToolName, version: string | undefined, complaint: string): string | undefined {
  const { minimum, debian } = toolSpec(name);
  if (version === undefined)
    return complaint === '' ? `has no package ${debian.package}` : `cannot be read (${complaint})`;
  return isAtLeast(version, minimum) ? undefined : `has only ${debian.package} ${version}`;
}

/** For each tool's package, the packages to unpack together. */
async function packageContents(
  names: readonly ToolName[],
  suite: Suite,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const contents = new Map<string, readonly string[]>();
  for (const { debian } of names.map(toolSpec)) {
    const own = [debian.package, ...(debian.with ?? [])];
    contents.set(debian.package, debian.from === 'own-suite' ? [...own, ...(await suite.libraries(own))] : own);
  }
  return contents;
}

async function tryCandidate(name: ToolName, candidate: Candidate): Promise<string | undefined> {
  const [path] = await executablesIn(candidate.folders, toolSpec(name).binaries);
  if (path === undefined)
    return `package ${toolSpec(name).debian.package} has no ${toolSpec(name).binaries.join(' or ')}`;
  const result = await tryBinary(name, path, candidate.origin, candidate.env);
  return typeof result === 'string' ? `does not run here: ${result}` : undefined;
}
