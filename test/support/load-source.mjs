/**
 * Runs a script of a test in a process or thread of its own, with the sources of the project: `node load-source.mjs <script>`.
 * TELLTALE_MODULE_URL names a module to take the place of `src/module-url.ts`: where the application's client is looked for.
 */
import { createJiti } from 'jiti';
import { fileURLToPath } from 'node:url';

const source = (path) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
const moduleUrl = process.env.TELLTALE_MODULE_URL ?? source('module-url.ts');
const jiti = createJiti(import.meta.url, { alias: { '#module-url': moduleUrl } });
await jiti.import(process.argv[2]);
