/** The config that the options name, checked, and the folder that belongs to it. */
import { dirname, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { hasConfigFile, loadConfigFile } from '../config/load.ts';
import { validateConfig } from '../config/validate.ts';
import * as generator from '../generate.ts';
import type { Options } from './command.ts';
import type { Terminal } from './terminal.ts';

export interface OpenConfig {
  readonly config: Config;
  /** Absolute path of the output folder. */
  readonly folder: string;
}

export async function openConfig({ config: path, out }: Options, terminal: Terminal): Promise<OpenConfig> {
  const { file, value } = await loadConfigFile({
    path: typeof path === 'string' ? path : undefined,
    folder: terminal.folder,
    modules: { 'telltale/generate': generator },
  });
  const config = validateConfig(value);
  const folder = typeof out === 'string' ? resolve(terminal.folder, out) : resolve(dirname(file), config.output ?? '.');
  return { config, folder };
}

/** The same for commands that work without a config: undefined where none is named and the working folder has none. */
export async function openConfigIfAny(options: Options, terminal: Terminal): Promise<OpenConfig | undefined> {
  const isThere = options['config'] !== undefined || (await hasConfigFile(terminal.folder));
  return isThere ? openConfig(options, terminal) : undefined;
}
