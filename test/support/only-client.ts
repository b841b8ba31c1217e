/** A place from which only one Prometheus client can be loaded, as in an application that has no other. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tempFolder } from '../../servers/process/temp-folder.ts';

export interface OnlyClient {
  /** For the environment of `load-source.mjs`. */
  readonly env: Readonly<Record<string, string>>;
  readonly remove: () => Promise<void>;
}

export async function onlyClient(name: string): Promise<OnlyClient> {
  const folder = await tempFolder('only-client');
  const link = join(folder.path, 'node_modules', name);
  await mkdir(dirname(link), { recursive: true });
  await symlink(fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url)), link);
  const file = join(folder.path, 'module-url.mjs');
  await writeFile(file, 'export const moduleUrl = import.meta.url;\n');
  return { env: { TELLTALE_MODULE_URL: file }, remove: () => folder.remove() };
}
