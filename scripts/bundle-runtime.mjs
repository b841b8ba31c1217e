/**
 * Makes a few files of the runtime's two hundred: loading them one by one took two thirds of the time that a service spent on
 * `import 'telltale'`. Types and what generator and command line load stay as they are.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const bundled = ['index', 'http', 'fastify'];
/** Entry points beside them, which load modules one by one. */
const others = ['generate', 'cli'];

/** @param {string} folder Built by tsc. */
export async function bundleRuntime(folder) {
  const root = resolve(folder);
  const entry = (name) => join(root, `${name}.js`);
  const bundle = await rolldown({
    input: Object.fromEntries(bundled.map((name) => [name, entry(name)])),
    platform: 'node',
    // An error is of one class, whichever entry point it comes from.
    external: (id) => !/^[./]/.test(id) || id === entry('errors'),
  });
  const { output } = await bundle.write({ dir: root, format: 'esm', chunkFileNames: 'runtime-[name].js' });
  await bundle.close();
  const needed = reachableFrom(others.map(entry));
  const replaced = output.flatMap(({ moduleIds = [] }) => moduleIds);
  const written = new Set(output.map(({ fileName }) => join(root, fileName)));
  for (const file of replaced) if (!needed.has(file) && !written.has(file)) rmSync(file);
}

function reachableFrom(files) {
  const reached = new Set();
  const waiting = [...files];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file) || !existsSync(file)) continue;
    reached.add(file);
    const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g);
    waiting.push(...Array.from(imports, ([, path]) => join(dirname(file), path)));
  }
  return reached;
}
