/**
 * Builds the page of the preview, in preview/ with libraries of its own, and puts it into dist/. Does only what is needed:
 * libraries are installed when the lock file changed, the page is built when its sources changed.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  gzippedBytes,
  hashOfSources,
  isCurrent,
  markAsBuiltFrom,
  previewFolder,
  publishPage,
} from './preview-page.mjs';

/** So that the first dashboard is there in a second or two. */
const mostGzippedBytes = 700_000;
const shownLines = 20;
const installFix =
  'npm needs its registry once, for the libraries of the page: connect, or set the registry or proxy that you use ' +
  '(npm config get registry), and run it again: npm run build:preview';

/** How long what is to end may tidy up: npm takes back a half-made installation. */
const graceMillis = 5_000;

let child;
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

try {
  await build();
} catch (error) {
  if (!isStopping) process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function stop() {
  if (isStopping) return;
  isStopping = true;
  if (child === undefined) process.exit(1);
  const tree = processTree(child.pid);
  signalEach(tree, 'SIGTERM');
  setTimeout(() => signalEach(tree, 'SIGKILL'), graceMillis).unref();
}

async function build() {
  if (isCurrent()) {
    say('the page is up to date');
    return publishPage();
  }
  if (!librariesAreInstalled()) {
    say("installing the page's libraries (about a minute the first time)");
    await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], installFix);
  }
  say('building the page');
  const hash = hashOfSources();
  await npm(['run', 'build'], 'mend what the output above says, and run it again: npm run build:preview');
  checkSize(gzippedBytes());
  markAsBuiltFrom(hash);
  publishPage();
}

/** npm leaves a copy of the lock file in node_modules when it has installed everything: without what other platforms need. */
function librariesAreInstalled() {
  const installed = packagesOf(join(previewFolder, 'node_modules', '.package-lock.json'));
  const locked = packagesOf(join(previewFolder, 'package-lock.json'));
  return Object.entries(locked).every(
    ([path, { integrity, optional }]) =>
      path === '' || (installed[path] === undefined ? optional === true : installed[path].integrity === integrity),
  );
}

function packagesOf(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {};
}

function npm(args, fix) {
  const [command, ...first] = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  let output = '';
  return new Promise((resolve, reject) => {
    child = spawn(command, [...first, ...args], { cwd: previewFolder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      child = undefined;
      if (code === 0 && !isStopping) return resolve();
      const end = output.trimEnd().split('\n').slice(-shownLines).join('\n');
      reject(
        new Error(
          `${end}\nCannot build the page as "npm ${args.join(' ')}" in preview/ ended with ${signal ?? `code ${code}`}\nfix: ${fix}`,
        ),
      );
    });
  });
}

/** A process and its descendants: the shell that npm runs a script in does not pass signals on. */
function processTree(pid) {
  const file = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean) : [];
  return [pid, ...children.flatMap(processTree)];
}

function signalEach(pids, signal) {
  for (const pid of pids) {
    try {
      process.kill(Number(pid), signal);
    } catch {
      // It has ended already.
    }
  }
}

function checkSize(bytes) {
  const size = `${Math.round(bytes / 1_000)} kB of scripts and styles for a first dashboard (gzip)`;
  say(`the page is built: ${size}`);
  if (bytes > mostGzippedBytes)
    throw new Error(
      `Cannot use the page as it has ${size}: at most ${mostGzippedBytes / 1_000} kB\nfix: see what is bundled, and import less of it`,
    );
}

/** Standard output belongs to `npm pack --json`. */
function say(line) {
  process.stderr.write(`${line}\n`);
}
