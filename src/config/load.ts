/** Finds the user's config and evaluates it. What it exports is not checked here: `validateConfig` is the edge. */
import { readFile, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { quoteList, TelltaleError } from '../errors.ts';

/** File names that are looked for, in this order. */
export const configNames: readonly string[] = [
  'telltale.config.ts',
  'telltale.config.mts',
  'telltale.config.js',
  'telltale.config.mjs',
  'telltale.config.json',
];

export interface LoadOptions {
  /** An explicit file wins over any other. @default the first of `configNames` in `folder` */
  readonly path?: string | undefined;
  /** Where to look. */
  readonly folder: string;
  /** Modules that the config imports by name and that are loaded already: `telltale/generate` is this very copy. */
  readonly modules: Readonly<Record<string, unknown>>;
}

export interface LoadedConfig {
  /** Absolute path of the file. */
  readonly file: string;
  /** Its default export, unchecked. */
  readonly value: unknown;
}

/**
 * @throws TELLTALE_CONFIG when there is no file, when it cannot be evaluated (`cause` is why), or exports no default
 */
export async function loadConfigFile(options: LoadOptions): Promise<LoadedConfig> {
  const file = await findFile(options);
  const value = extname(file) === '.json' ? await readJson(file) : await evaluate(file, options.modules);
  if (value !== undefined) return { file, value };
  throw new TelltaleError('TELLTALE_CONFIG', `Cannot use "${file}" as a config: it has no default export`, {
    fix: 'write "export default defineConfig({ ... })"',
  });
}

async function findFile({ path, folder }: LoadOptions): Promise<string> {
  const candidates = path === undefined ? configNames.map((name) => resolve(folder, name)) : [resolve(folder, path)];
  for (const candidate of candidates) if (await isFile(candidate)) return candidate;
  throw path === undefined ? notFound(resolve(folder)) : notThere(candidates[0] ?? path);
}

function notFound(folder: string): TelltaleError {
  const message = `Cannot find a config as "${folder}" has none: looked for ${quoteList(configNames)}`;
  return new TelltaleError('TELLTALE_CONFIG', message, {
    fix: 'write telltale.config.ts with "export default {}" for the shipped pack, or name a file with --config',
  });
}

function notThere(file: string): TelltaleError {
  return new TelltaleError('TELLTALE_CONFIG', `Cannot use "${file}" as a config: there is no such file`, {
    fix: 'correct the path given with --config',
  });
}

/** Whether a folder has a config of one of the names that are looked for. */
export async function hasConfigFile(folder: string): Promise<boolean> {
  const found = await Promise.all(configNames.map((name) => isFile(resolve(folder, name))));
  return found.includes(true);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (cause) {
    throw cannotEvaluate(file, cause);
  }
}

/** Node 20 cannot load TypeScript by itself; nothing is cached on disk, so that nobody else's cache is run. */
async function evaluate(file: string, modules: LoadOptions['modules']): Promise<unknown> {
  const { createJiti } = await import('jiti');
  const jiti = createJiti(pathToFileURL(file).href, {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    virtualModules: { ...modules },
  });
  try {
    return (await jiti.import<{ readonly default?: unknown }>(file)).default;
  } catch (cause) {
    throw cannotEvaluate(file, cause);
  }
}

function cannotEvaluate(file: string, cause: unknown): TelltaleError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TelltaleError('TELLTALE_CONFIG', `Cannot evaluate "${file}" as a config: ${reason}`, {
    fix: 'correct the file; its own error is kept as the cause',
    cause,
  });
}
