/** The build of the page, on a page of one line that needs no libraries: nothing is downloaded. */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { isAlive } from '../../servers/process/process-tree.ts';

const project = new URL('../../', import.meta.url).pathname;
const imported = ['src/emit/markdown.ts', 'src/preview/answers.ts', 'src/proof/substitute.ts'];
const scripts = new URL('../../scripts/', import.meta.url).pathname;
const writePage = `const { mkdirSync, writeFileSync } = require('node:fs');
mkdirSync('dist/assets', { recursive: true });
writeFileSync('dist/index.html', require('node:fs').readFileSync('page.txt'));
writeFileSync('dist/assets/page.js', require('node:fs').readFileSync('script.txt'));
writeFileSync('dist/assets/runbook-page-1.js', require('node:crypto').randomBytes(750_000));`;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'telltale-build-preview-'));
  for (const folder of ['scripts', 'preview', ...imported.map((path) => dirname(path))])
    mkdirSync(join(root, folder), { recursive: true });
  for (const name of ['build-preview.mjs', 'preview-page.mjs'])
    copyFileSync(join(scripts, name), join(root, 'scripts', name));
  for (const path of imported) write(path, '');
  write('preview/package.json', JSON.stringify({ scripts: { build: 'node build.cjs' } }));
  write('preview/package-lock.json', JSON.stringify({ packages: { '': {} } }));
  write('preview/build.cjs', writePage);
  write('preview/page.txt', '<script src="/assets/page.js">');
  write('preview/script.txt', 'import("./runbook-page-1.js")');
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
});

function write(path: string, text: string | Buffer): void {
  writeFileSync(join(root, path), text);
}

function build(): { readonly code: number | null; readonly said: string } {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/build-preview.mjs')], {
    encoding: 'utf8',
  });
  return { code: status, said: stderr };
}

function published(): string {
  return readFileSync(join(root, 'dist/preview-page/index.html'), 'utf8');
}

describe('the page', () => {
  it('imports from outside of its folder only what its hash covers', () => {
    const sources = join(project, 'preview/src');
    const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
    const found = files.flatMap((name) => {
      const file = join(sources, name);
      const paths = [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) => path);
      return paths.map((path) => relative(project, resolve(dirname(file), path)));
    });
    const outside = new Set(found.filter((path) => !path.startsWith('preview/')));
    expect([...outside].sort()).toEqual(imported);
    expect(readFileSync(join(scripts, 'preview-page.mjs'), 'utf8')).toContain(
      `importedSources = [${imported.map((path) => `'${path}'`).join(', ')}]`,
    );
  });
});

describe('build-preview.mjs', () => {
  it('builds the page, says its size, and publishes it without the stamp', () => {
    const { code, said } = build();
    expect(said).toBe(
      'building the page\nthe page is built: 0 kB of scripts and styles for a first dashboard (gzip)\n',
    );
    expect(code).toBe(0);
    expect(published()).toBe('<script src="/assets/page.js">');
    expect(readdirSync(join(root, 'dist/preview-page')).sort()).toEqual(['assets', 'index.html']);
  });

  it('builds nothing while the sources are the same, and publishes again what is gone', () => {
    build();
    rmSync(join(root, 'dist'), { recursive: true });
    expect(build()).toEqual({ code: 0, said: 'the page is up to date\n' });
    expect(published()).toBe('<script src="/assets/page.js">');
  });

  it('builds again when the types that it imports have changed', () => {
    build();
    write('src/preview/answers.ts', 'export {};');
    expect(build().said).toContain('building the page');
  });

  it('refuses a dashboard that loads too much, and does not take it for current', () => {
    write('preview/script.txt', randomBytes(750_000));
    const { code, said } = build();
    expect(code).toBe(1);
    expect(said).toMatch(
      /Cannot use the page as it has 750 kB of scripts and styles for a first dashboard \(gzip\): at most 700 kB\nfix: /,
    );
    expect(existsSync(join(root, 'preview/dist/.built-from'))).toBe(false);
  });

  it('shows what a failed build said, and what to do', () => {
    write('preview/build.cjs', 'console.log("no such module"); process.exit(3);');
    const { code, said } = build();
    expect(code).toBe(1);
    expect(said).toMatch(
      /no such module[^]*\nCannot build the page as "npm run build" in preview\/ ended with code 3\nfix: /,
    );
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  it('says what to do when the libraries cannot be installed', () => {
    const library = { version: '1.0.0', integrity: 'sha512-x', resolved: 'http://127.0.0.1:1/library.tgz' };
    const dependencies = { library: '1.0.0' };
    write('preview/package.json', JSON.stringify({ dependencies, scripts: { build: 'node build.cjs' } }));
    const packages = { '': { dependencies }, 'node_modules/library': library };
    write('preview/package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }));
    write('preview/.npmrc', 'fetch-retries=0\n');
    const { code, said } = build();
    expect(code).toBe(1);
    expect(said).toMatch(
      /^installing the page's libraries[^]*Cannot build the page as "npm ci [^]*fix: npm needs its registry/,
    );
  });

  it('ends npm and what it runs when it is ended', async () => {
    write(
      'preview/build.cjs',
      'require("node:fs").writeFileSync("pid.txt", String(process.pid)); setInterval(() => {}, 1000);',
    );
    const child = spawn(process.execPath, [join(root, 'scripts/build-preview.mjs')], { stdio: 'ignore' });
    const pidFile = join(root, 'preview/pid.txt');
    await expect.poll(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8'), { timeout: 10_000 }).toMatch(/\d/);
    child.kill('SIGTERM');
    await once(child, 'exit');
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});
