/**
 * The built page, read into memory once: what is asked for is looked up among what was found at the start, so that no
 * path is ever made from a request. An upgrade of the package under a running preview changes nothing either.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pageMissing } from './page-folder.ts';

export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
  /** Made at the first call and kept; undefined for what is compressed already. */
  readonly gzipped: () => Promise<Buffer> | undefined;
}

export interface Page {
  readonly index: PageFile;
  /** By path in the page, e.g. `/assets/index-a1b2.js`. */
  readonly files: ReadonlyMap<string, PageFile>;
}

interface Type {
  readonly type: string;
  /** Whether compressing it is worth the while. */
  readonly shrinks: boolean;
}

const types: Readonly<Record<string, Type>> = {
  '.html': { type: 'text/html; charset=utf-8', shrinks: true },
  '.js': { type: 'text/javascript; charset=utf-8', shrinks: true },
  '.mjs': { type: 'text/javascript; charset=utf-8', shrinks: true },
  '.css': { type: 'text/css; charset=utf-8', shrinks: true },
  '.json': { type: 'application/json; charset=utf-8', shrinks: true },
  '.map': { type: 'application/json; charset=utf-8', shrinks: true },
  '.webmanifest': { type: 'application/manifest+json; charset=utf-8', shrinks: true },
  '.md': { type: 'text/markdown; charset=utf-8', shrinks: true },
  '.txt': { type: 'text/plain; charset=utf-8', shrinks: true },
  '.svg': { type: 'image/svg+xml', shrinks: true },
  '.png': { type: 'image/png', shrinks: false },
  '.jpg': { type: 'image/jpeg', shrinks: false },
  '.webp': { type: 'image/webp', shrinks: false },
  '.gif': { type: 'image/gif', shrinks: false },
  '.ico': { type: 'image/x-icon', shrinks: false },
  '.woff': { type: 'font/woff', shrinks: false },
  '.woff2': { type: 'font/woff2', shrinks: false },
  '.ttf': { type: 'font/ttf', shrinks: true },
};
const unknownType: Type = { type: 'application/octet-stream', shrinks: false };

/** @throws TELLTALE_SERVER when there is no page in the folder */
export async function loadPage(folder: string): Promise<Page> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  // Of links, `isFile()` is false: nothing from outside the folder is served.
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const files = await Promise.all(
    paths.map(async (path) => [pathInPage(folder, path), pageFile(path, await readFile(path))] as const),
  );
  const byPath = new Map(files);
  const index = byPath.get('/index.html');
  if (index === undefined) throw pageMissing(folder);
  return { index, files: byPath };
}

function pathInPage(folder: string, path: string): string {
  return `/${relative(folder, path).split(sep).join('/')}`;
}

function pageFile(path: string, body: Buffer): PageFile {
  const { type, shrinks } = types[extname(path).toLowerCase()] ?? unknownType;
  let gzipped: Promise<Buffer> | undefined;
  const compress = (): Promise<Buffer> => (gzipped ??= promisify(gzip)(body));
  const etag = `W/"${createHash('sha256').update(body).digest('base64url')}"`;
  return { type, body, etag, gzipped: () => (shrinks ? compress() : undefined) };
}
