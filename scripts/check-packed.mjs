/**
 * Packs the package, installs it in an empty project beside prom-client and uses it as a stranger would: ESM, CommonJS,
 * the generator and the command line. Also shows that the runtime loads none of the generator's dependencies.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'telltale-packed-'));
const run = (command, args, cwd = folder) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const generatorDependencies = ['@grafana', 'handlebars', 'js-yaml', 'jiti', 'lezer'];

const useEsm = `
import * as telltale from 'telltale';
import { register } from 'prom-client';
telltale.httpMetrics();
if (!(await register.metrics()).includes('http_requests_in_flight')) throw new Error('ESM: not registered with prom-client');
console.log(Object.keys(telltale).length + ' names from ESM');
`;
const useCjs = `
const telltale = require('telltale');
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
} finally {
  rmSync(folder, { recursive: true, force: true });
}
