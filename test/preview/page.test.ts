import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Preview } from '../../src/preview/start-preview.ts';
import { createStage, index, script } from './fixture.ts';
import { type Answer, send } from './send.ts';

const stage = createStage();
const prometheus = 'http://127.0.0.1:9';
const secret = 'not for everyone';
const icon = '<svg xmlns="http://www.w3.org/2000/svg"/>';
let preview: Preview;
let page: string;

beforeAll(async () => {
  const outside = await stage.folder({ 'secret.txt': secret, 'folder/secret.txt': secret });
  page = await stage.folder({
    'index.html': index,
    'assets/index-a1b2.js': script,
    'assets/index-a1b2.css': 'body{}',
    'assets/inter-a1b2.woff2': Buffer.from([0, 1, 2, 255]),
    'public/build/img/icons/arrow left.svg': icon,
    'LICENSES.md': '# Licences',
    'data.unknown': '?',
  });
  await symlink(join(outside, 'secret.txt'), join(page, 'linked.txt'));
  await symlink(join(outside, 'folder'), join(page, 'assets/linked'));
  preview = await stage.preview({ prometheus, pageFolder: page });
});
afterAll(() => stage.clear());

const get = (target: string, headers: Record<string, string> = {}): Promise<Answer> =>
  send(preview.port, { target, headers });

describe('the page', () => {
  it.each([
    ['/index.html', 'text/html; charset=utf-8', index],
    ['/assets/index-a1b2.js', 'text/javascript; charset=utf-8', script],
    ['/assets/index-a1b2.css', 'text/css; charset=utf-8', 'body{}'],
    ['/assets/inter-a1b2.woff2', 'font/woff2', Buffer.from([0, 1, 2, 255])],
    ['/public/build/img/icons/arrow%20left.svg', 'image/svg+xml', icon],
    ['/LICENSES.md', 'text/markdown; charset=utf-8', '# Licences'],
    ['/data.unknown', 'application/octet-stream', '?'],
    ['/index.html?v=1', 'text/html; charset=utf-8', index],
  ])('has %s as %s', async (target, type, text) => {
    const { status, headers, bytes } = await get(target);
    expect([status, headers['content-type'], headers['content-length'], bytes]).toEqual([
      200,
      type,
      String(Buffer.byteLength(text)),
      Buffer.from(text),
    ]);
  });

  it.each([
    '/',
    '/d/telltale-api',
    '/d/telltale-api?from=now-1h',
    '/d/my.own',
    '/runbooks/rollback.md',
    '/runbooks/alerts/HighErrorRate.md',
    '/alerts',
    '/controls',
  ])('has its document at %s', async (target) => {
    const { status, headers, body } = await get(target);
    expect([status, headers['cache-control'], body]).toEqual([200, 'no-cache', index]);
  });

  it.each(['/missing.js', '/favicon.ico', '/assets/old-c3d4.js', '/assets/old', '/.env', '/apis/x.json'])(
    'has nothing at %s',
    async (target) => {
      const { status, headers, body } = await get(target);
      expect([status, headers['cache-control'], body]).toEqual([404, 'no-store', '{"error":"Cannot find this page"}']);
    },
  );

  it.each([
    '/linked.txt',
    '/assets/linked/secret.txt',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/..\\secret.txt',
    '/assets/%252e%252e/secret.txt',
    '/etc/passwd',
    '//etc/passwd',
    '/%2fetc/passwd',
    'file:///etc/passwd',
    '/index.html%00.js',
    '/C:/secret.txt',
  ])('has nothing from outside at %s', async (target) => {
    const { body } = await get(target);
    expect([body.includes(secret), body.includes('root:')]).toEqual([false, false]);
  });

  it('lets browsers keep what has a hash in its name for ever, and asks them to ask for the rest', async () => {
    const [asset, icons] = await Promise.all([get('/assets/index-a1b2.js'), get('/data.unknown')]);
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(icons.headers['cache-control']).toBe('no-cache');
    const again = await get('/data.unknown', { 'if-none-match': String(icons.headers['etag']) });
    expect([again.status, again.body, again.headers['etag']]).toEqual([304, '', icons.headers['etag']]);
    expect((await get('/data.unknown', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it.each([
    ['gzip, deflate, br', 'gzip'],
    ['br;q=1.0, GZIP;q=0.5', 'gzip'],
    ['*', 'gzip'],
    ['br', undefined],
    ['gzip;q=0', undefined],
    ['gzip; q=0.000, br', undefined],
    ['xgzip', undefined],
  ])('compresses text for those who accept %j', async (accepted, encoding) => {
    const { headers, bytes } = await get('/assets/index-a1b2.js', { 'accept-encoding': accepted });
    const text = encoding === undefined ? bytes : gunzipSync(bytes);
    expect([headers['content-encoding'], headers['vary'], text.toString()]).toEqual([
      encoding,
      'accept-encoding',
      script,
    ]);
    expect([headers['content-length'], bytes.length < 200]).toEqual([String(bytes.length), encoding === 'gzip']);
  });

  it('does not compress fonts again', async () => {
    const { headers } = await get('/assets/inter-a1b2.woff2', { 'accept-encoding': 'gzip' });
    expect(headers['content-encoding']).toBeUndefined();
  });

  it('stays as it was when its folder is replaced under a running preview', async () => {
    const folder = await stage.folder({ 'index.html': index });
    const { port } = await stage.preview({ prometheus, pageFolder: folder });
    await rm(folder, { recursive: true });
    expect((await send(port, { target: '/' })).body).toBe(index);
    await mkdir(folder);
    await writeFile(join(folder, 'index.html'), 'new');
    expect((await send(port, { target: '/d/x' })).body).toBe(index);
  });
});
