/** Builds dist/ (ESM, and CommonJS for the runtime) and build/ (examples, servers, scripts), each from scratch. */
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';

const tsc = new URL('../node_modules/typescript/bin/tsc', import.meta.url).pathname;
const compile = (project) => execFileSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' });

for (const folder of ['dist', 'build']) rmSync(folder, { recursive: true, force: true });
try {
  compile('tsconfig.build.json');
  compile('tsconfig.cjs.json');
  // The nearest package.json decides on `imports` too: the root's are out of sight from dist/cjs.
  const cjs = { type: 'commonjs', imports: { '#module-url': './module-url.cjs' } };
  writeFileSync('dist/cjs/package.json', `${JSON.stringify(cjs, null, 2)}\n`);
  chmodSync('dist/cli.js', 0o755);
  compile('tsconfig.tools.json');
} catch (error) {
  process.exit(error.status ?? 1);
}
