/**
 * Packs the package, installs it in an empty project beside prom-client, without Fastify, and uses it as a stranger would:
 * ESM, CommonJS, the generator, the command line and the page of the preview. Also shows that the runtime loads none of the
 * generator's dependencies.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'telltale-packed-'));
const run = (command, args, cwd = folder) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const generatorDependencies = ['@grafana', 'handlebars', 'js-yaml', 'jiti', 'lezer'];

const useEsm = `
import * as telltale from 'telltale';
import { fastifyMetrics } from 'telltale/fastify';
import { instrumentListener } from 'telltale/http';
import { register } from 'prom-client';
telltale.httpMetrics();
if (!(await register.metrics()).includes('http_requests_in_flight')) throw new Error('ESM: not registered with prom-client');
if (![fastifyMetrics, instrumentListener].every((adapter) => typeof adapter === 'function')) throw new Error('ESM: no adapters');
console.log(Object.keys(telltale).length + ' names from ESM');
`;
const useCjs = `
const telltale = require('telltale');
require('telltale/http');
require('telltale/fastify');
telltale.httpMetrics();
const loaded = Object.keys(require.cache).filter((file) => ${JSON.stringify(generatorDependencies)}.some((name) => file.includes('/' + name + '/')));
if (loaded.length > 0) throw new Error('the runtime loads ' + loaded.join(', '));
require('prom-client').register.metrics().then((text) => {
  if (!text.includes('http_requests_in_flight')) throw new Error('CommonJS: not registered with prom-client');
  console.log(Object.keys(telltale).length + ' names from CommonJS');
});
`;
const useGenerator = `
import { defineConfig, generate } from 'telltale/generate';
const files = generate(defineConfig({}));
console.log(files.size + ' files from telltale/generate');
`;

try {
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], root));
  writeFileSync(join(folder, 'package.json'), '{ "name": "stranger", "private": true }\n');
  run('npm', ['install', '--no-audit', '--no-fund', join(folder, filename), 'prom-client@15', 'express@5']);
  const scripts = { 'use.mjs': useEsm, 'use.cjs': useCjs, 'use-generator.mjs': useGenerator };
  for (const [name, text] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), text);
    process.stdout.write(run(process.execPath, [name]));
  }
  writeFileSync(
    join(folder, 'telltale.config.ts'),
    "import { defineConfig } from 'telltale/generate';\nexport default defineConfig({ environment: 'staging' });\n",
  );
  run('npx', ['--no-install', 'telltale', 'generate']);
  const dashboards = readdirSync(join(folder, 'dashboards')).filter((name) => name.endsWith('.json'));
  if (dashboards.length !== 5) throw new Error(`the command line wrote ${dashboards.length} dashboards, not 5`);
  console.log('5 dashboards from the command line');
  console.log(`${pageFiles().length} files of the preview's page`);
  console.log(`the page is served at ${await servedPage()}, and ended by SIGINT`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pageFiles() {
  const page = join(folder, 'node_modules', 'telltale', 'dist', 'preview-page');
  const files = existsSync(page) ? readdirSync(page, { recursive: true, encoding: 'utf8' }) : [];
  const expected = [/^index\.html$/, /^THIRD-PARTY-LICENSES\.md$/, /^assets\/.*\.js$/, /^assets\/.*\.css$/];
  const missing = expected.filter((pattern) => !files.some((file) => pattern.test(file)));
  if (missing.length > 0) throw new Error(`the page in the package has no ${missing.join(', ')}`);
  if (files.some((file) => file.startsWith('.'))) throw new Error('the page in the package has hidden files');
  return files;
}

/** Served although there is no Prometheus: the page says so itself. Without npx, which keeps the exit code to itself. */
async function servedPage() {
  const args = ['preview', '--prometheus', 'http://127.0.0.1:1', '--port', '0'];
  const command = join(folder, 'node_modules', '.bin', 'telltale');
  const preview = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(preview, 'exit');
  const failed = ended.then(([code]) => Promise.reject(new Error(`the preview ended with ${code} before it served`)));
  try {
    const url = await Promise.race([urlSaidBy(preview.stdout), failed]);
    const page = await fetch(url);
    const text = await page.text();
    if (page.status !== 200 || !/<script type="module"/.test(text))
      throw new Error(`the preview answers ${page.status}: ${text.slice(0, 200)}`);
    const script = /src="([^"]+\.js)"/.exec(text)?.[1] ?? '';
    if ((await fetch(new URL(script, url))).status !== 200) throw new Error(`the preview does not serve ${script}`);
    preview.kill('SIGINT');
    const [code] = await ended;
    if (code !== 0) throw new Error(`the preview ended with ${code} at SIGINT, not 0`);
    return url;
  } finally {
    preview.kill('SIGKILL');
  }
}

/** Its own address has a port of four digits or more. */
function urlSaidBy(stream) {
  let text = '';
  return new Promise((resolve) => {
    stream.setEncoding('utf8').on('data', (part) => {
      text += part;
      const url = /http:\/\/127\.0\.0\.1:\d{4,5}/.exec(text)?.[0];
      if (url !== undefined) resolve(url);
    });
  });
}
