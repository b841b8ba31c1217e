/** Runs a script of a test in a process of its own, with the sources of the project: `node load-source.mjs <script>`. */
import { createJiti } from 'jiti';
import { fileURLToPath } from 'node:url';

const source = (path) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
const jiti = createJiti(import.meta.url, { alias: { '#module-url': source('module-url.ts') } });
await jiti.import(process.argv[2]);
