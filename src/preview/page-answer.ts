/** The page's files over HTTP, and its one document for every address that the page itself understands. */
import { type Answer, problemAnswer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import type { Page, PageFile } from './page.ts';

const hashedFolder = '/assets/';
/** Addresses within the page, whatever is in their names: `/runbooks/rollback.md` is no file. */
const clientFolders = ['/d/', '/runbooks/'];

export async function pageAnswer({ site, request, rest: path }: Exchange): Promise<Answer> {
  const file = fileFor(path, site.page);
  if (file === undefined) return problemAnswer(404, 'Cannot find this page');
  const { etag, type } = file;
  const cache = path.startsWith(hashedFolder) ? 'public, max-age=31536000, immutable' : 'no-cache';
  const headers = { 'cache-control': cache, etag, vary: 'accept-encoding' };
  if (request.headers['if-none-match'] === etag) return { status: 304, headers, body: '' };

  const zipped = acceptsGzip(request.headers['accept-encoding']) ? await file.gzipped() : undefined;
  const encoding = zipped === undefined ? {} : { 'content-encoding': 'gzip' };
  return { status: 200, headers: { ...headers, 'content-type': type, ...encoding }, body: zipped ?? file.body };
}

function fileFor(path: string, { index, files }: Page): PageFile | undefined {
  const file = files.get(path);
  if (file !== undefined) return file;
  const isClientRoute = clientFolders.some((folder) => path.startsWith(folder)) || !/\.[^/]*$/.test(path);
  return isClientRoute && !path.startsWith(hashedFolder) ? index : undefined;
}

function acceptsGzip(header: string | string[] = ''): boolean {
  return String(header)
    .split(',')
    .some((entry) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(entry));
}
