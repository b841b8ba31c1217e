/** Finds the real programs the project is proven with, unpacking those that the machine does not have. */
import { join } from 'node:path';
import { quoteList, TelltaleError } from '../src/errors.ts';
import { toolSpec, type ToolName } from './all-tools.ts';
import { cacheFolder } from './cache-folder.ts';
import { aptMachine, systemRelease } from './debian/machine.ts';
import { unpackTools } from './debian/unpack-tools.ts';
import { findTool, type Environment, type Search, type Tool } from './find-tool.ts';
import { withLock } from './lock.ts';

export interface ProvideOptions {
  /** Where PATH, HOME, TELLTALE_TOOLS, TELLTALE_CACHE and XDG_CACHE_HOME are read from. @default process.env */
  readonly environment?: Environment;
}

type Searches<Name extends ToolName> = ReadonlyMap<Name, Search>;

/**
 * Finds a recent enough copy of a tool, or of several at once (cheaper: one package update serves all).
 *
 * Looks in the folders of `TELLTALE_TOOLS`, in PATH, in the cache, and at last unpacks Debian packages into the cache
 * (`$TELLTALE_CACHE`, `$XDG_CACHE_HOME/telltale` or `~/.cache/telltale`): about ten seconds the first time, no root,
 * nothing installed. A copy that is too old is passed over, which the result says.
 * @throws TelltaleError `TELLTALE_SERVER`: one error that lists for every missing tool where it was looked for, and what to do
 * @example const { prometheus, promtool } = await provide(['prometheus', 'promtool']);
 */
export function provide(name: ToolName, options?: ProvideOptions): Promise<Tool>;
export function provide<Name extends ToolName>(
  names: readonly Name[],
  options?: ProvideOptions,
): Promise<Readonly<Record<Name, Tool>>>;
export async function provide(
  wanted: ToolName | readonly ToolName[],
  options: ProvideOptions = {},
): Promise<Tool | Readonly<Record<string, Tool>>> {
  const names = typeof wanted === 'string' ? [wanted] : wanted;
  const tools = await provideAll(names, options.environment ?? process.env);
  return typeof wanted === 'string' ? pick(tools, wanted) : Object.fromEntries(tools);
}

async function provideAll(names: readonly ToolName[], environment: Environment): Promise<ReadonlyMap<ToolName, Tool>> {
  const release = await systemRelease();
  const cache = cacheFolder(environment, release);
  const search = (): Promise<Searches<ToolName>> => searchAll(names, environment, cache);

  const first = await search();
  if (missingFrom(first).length === 0) return found(first);

  const machine = await aptMachine(environment, release);
  if (typeof machine === 'string') throw cannotProvide(first, () => [`Debian packages: ${machine}`]);

  return withLock(join(cache, 'lock'), async () => {
    // Another process may have unpacked them while this one waited.
    const refusals = await unpackTools(missingFrom(await search()), machine, cache);
    const last = await search();
    if (missingFrom(last).length === 0) return found(last);
    throw cannotProvide(last, (name) => refusals.get(name) ?? []);
  });
}

async function searchAll(
  names: readonly ToolName[],
  environment: Environment,
  cache: string,
): Promise<Searches<ToolName>> {
  const searches = await Promise.all(names.map((name) => findTool(name, environment, cache)));
  return new Map(names.map((name, index) => [name, searches[index] ?? { looked: [] }]));
}

function missingFrom(searches: Searches<ToolName>): readonly ToolName[] {
  return [...searches].filter(([, { tool }]) => tool === undefined).map(([name]) => name);
}

function found(searches: Searches<ToolName>): ReadonlyMap<ToolName, Tool> {
  return new Map([...searches].flatMap(([name, { tool }]) => (tool === undefined ? [] : [[name, tool] as const])));
}

function pick(tools: ReadonlyMap<ToolName, Tool>, name: ToolName): Tool {
  const tool = tools.get(name);
  if (tool === undefined)
    throw new TelltaleError('TELLTALE_SERVER', `Cannot provide "${name}" as it is not a known tool`);
  return tool;
}

function cannotProvide(searches: Searches<ToolName>, moreLooked: (name: ToolName) => readonly string[]): TelltaleError {
  const missing = missingFrom(searches);
  // Tools that were missed in the same way share one list of places.
  const headsByPlaces = new Map<string, string[]>();
  for (const name of missing) {
    const looked = [...(searches.get(name)?.looked ?? []), ...moreLooked(name)];
    const places = looked.map((line) => `    ${line}`).join('\n');
    headsByPlaces.set(places, [...(headsByPlaces.get(places) ?? []), `  ${describe(name)}`]);
  }
  const details = [...headsByPlaces].map(([places, heads]) => `${heads.join('\n')}\n${places}`);
  const fix =
    'install what is missing so that it is on PATH, or put it (or links to it) into a folder and set TELLTALE_TOOLS to that';
  return new TelltaleError(
    'TELLTALE_SERVER',
    `Cannot provide ${quoteList(missing)} as no recent enough copy was found:\n${details.join('\n')}\nWhat to do: ${fix}.`,
    { fix },
  );
}

function describe(name: ToolName): string {
  const { minimum, binaries, debian } = toolSpec(name);
  return `${name}: at least ${minimum}, a file called ${binaries.join(' or ')}, in Debian's package ${debian.package}`;
}
