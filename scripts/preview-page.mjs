/** The built page of the preview: whether preview/dist was built from the sources as they are, and its way into dist/. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = resolve(import.meta.dirname, '..');
export const previewFolder = join(root, 'preview');
const builtFolder = join(previewFolder, 'dist');
const publishedFolder = join(root, 'dist', 'preview-page');
const stampFile = join(builtFolder, '.built-from');
const notSources = new Set(['node_modules', 'dist']);

/** What the page imports from outside of its folder. */
export const importedSources = ['src/emit/markdown.ts', 'src/preview/answers.ts', 'src/proof/substitute.ts'];

/** A hash over everything that the page is made from. */
export function hashOfSources() {
  const paths = [...filesBelow(previewFolder), ...importedSources.map((path) => join(root, path))];
  const hash = createHash('sha256');
  for (const path of paths.sort((one, other) => (one < other ? -1 : 1)))
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  return hash.digest('hex');
}

/** False as well while there is no page, or an interrupted build left half of one. */
export function isCurrent() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashOfSources();
}

export function markAsBuiltFrom(hash) {
  writeFileSync(stampFile, hash);
}

/** Puts the page where the package has it. */
export function publishPage() {
  rmSync(publishedFolder, { recursive: true, force: true });
  cpSync(builtFolder, publishedFolder, { recursive: true, filter: (path) => path !== stampFile });
}

/** Chunks that no dashboard loads. */
const otherPages = /^(?:start|runbook)-page-/;

/** What a browser loads for its first dashboard at the most: scripts and styles, compressed. */
export function gzippedBytes() {
  const loaded = filesBelow(builtFolder).filter((path) => /\.(?:js|css)$/.test(path));
  const byName = new Map(loaded.map((path) => [basename(path), path]));
  const reached = new Set();
  const follow = (path) => {
    const text = readFileSync(path, 'utf8');
    for (const [name, file] of byName) {
      if (reached.has(name) || otherPages.test(name) || !text.includes(name)) continue;
      reached.add(name);
      follow(file);
    }
  };
  follow(join(builtFolder, 'index.html'));
  return [...reached].reduce((sum, name) => sum + gzipSync(readFileSync(byName.get(name))).length, 0);
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return folder === previewFolder && notSources.has(entry.name) ? [] : filesBelow(path);
    return [path];
  });
}
