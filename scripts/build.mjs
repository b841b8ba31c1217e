/**
 * Builds dist/ (ESM, the runtime bundled, and CommonJS for the runtime) and build/ (examples, servers, scripts), each from
 * scratch. The page of the preview is put back into dist/ if it is current; `npm run build:preview` builds it.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { bundleRuntime } from './bundle-runtime.mjs';
import { isCurrent, publishPage } from './preview-page.mjs';

const tsc = new URL('../node_modules/typescript/bin/tsc', import.meta.url).pathname;
const compile = (project) => execFileSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' });

for (const folder of ['dist', 'build']) rmSync(folder, { recursive: true, force: true });
try {
  compile('tsconfig.build.json');
  await bundleRuntime('dist');
  compile('tsconfig.cjs.json');
  writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n');
  resolveModuleUrl('dist/cjs');
  chmodSync('dist/cli.js', 0o755);
  compile('tsconfig.tools.json');
  if (isCurrent()) publishPage();
} catch (error) {
  // What the compiler has to say it has printed.
  if (error.status === undefined) throw error;
  process.exit(error.status);
}

/** `#module-url` is an import of the root package.json, which is out of sight from below dist/cjs/package.json. */
function resolveModuleUrl(folder) {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  )) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    const target = relative(dirname(path), join(folder, 'module-url.cjs')).split(sep).join('/');
    writeFileSync(
      path,
      text.replaceAll('"#module-url"', JSON.stringify(target.startsWith('.') ? target : `./${target}`)),
    );
  }
}
