/** Where things are, seen from the compiled benchmark in build/bench/. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const rootFolder = fileURLToPath(new URL('../../', import.meta.url));
/** Has a package.json of its own: what is measured beside us is no dependency of ours. */
export const peersFolder = join(rootFolder, 'bench/peers');

/** Loads a package by name, as installed for the benchmark. */
export type Load = <T>(name: string) => T;

/** @param folder Below bench/peers/, where packages are installed that cannot live beside the others. */
export function loaderOf(folder = '.'): Load {
  const require = createRequire(join(peersFolder, folder, 'package.json'));
  return <T>(name: string) => require(name) as T;
}

/** The version that is installed; packages need not export their package.json. */
export function versionOf(name: string, folder = '.'): string {
  for (const place of [folder, '.']) {
    try {
      const text = readFileSync(join(peersFolder, place, 'node_modules', name, 'package.json'), 'utf8');
      return (JSON.parse(text) as { readonly version: string }).version;
    } catch {
      // Not here: npm puts it one level up.
    }
  }
  throw new Error(`Cannot tell the version of "${name}" as it is not installed in bench/peers/`);
}
