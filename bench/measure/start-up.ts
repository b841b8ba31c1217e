/** How long until the runtime is imported, and `telltale generate` has written everything: each time in a new process. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rootFolder } from '../paths.ts';
import type { StartUpResult } from '../results.ts';
import type { Scale } from '../scale.ts';
import { estimate } from '../statistics.ts';

export function measureStartUp({ imports, generates }: Scale['startUp']): StartUpResult {
  return {
    importMillis: estimate(Array.from({ length: imports }, importMillis)),
    generateMillis: estimate(Array.from({ length: generates }, generateMillis)),
  };
}

function importMillis(): number {
  const file = fileURLToPath(new URL('../workers/import-runtime.js', import.meta.url));
  return Number(execFileSync(process.execPath, [file], { encoding: 'utf8' }));
}

/** The shipped example's config into an empty folder, which lies in the package so that the config finds it by name. */
function generateMillis(): number {
  const folder = join(rootFolder, 'build/bench/generate');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'telltale.config.ts'), "export { default } from '../../../telltale.config.ts';\n");
  const start = process.hrtime.bigint();
  execFileSync(process.execPath, [join(rootFolder, 'dist/cli.js'), 'generate'], { cwd: folder, stdio: 'ignore' });
  return Number(process.hrtime.bigint() - start) / 1e6;
}
