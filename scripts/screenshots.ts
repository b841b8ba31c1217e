/** `npm run screenshots`: what the browser tests photographed, cut to its first screenful, as the pictures of the README. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { topOf } from './png/picture.ts';
import { readPng } from './png/read-png.ts';
import { writePng } from './png/write-png.ts';

const from = 'build/screenshots';
const to = 'docs/screenshots';
/** Pixels: what is seen before anybody scrolls. */
const fold = 1_000;

const names = (await readdir(from).catch(() => [])).toSorted((one, other) => one.localeCompare(other));
if (names.length === 0) {
  process.stderr.write(`Cannot take pictures from ${from} as there are none: run "npm run test:browser" first\n`);
  process.exit(1);
}
await mkdir(to, { recursive: true });
for (const name of names) {
  const picture = writePng(topOf(readPng(await readFile(join(from, name))), fold));
  await writeFile(join(to, name), picture);
  process.stdout.write(`${join(to, name)}  ${Math.ceil(picture.length / 1_000)} kB\n`);
}
