/** Builds the page into dist/: hashed assets, Grafana's icons beside them, and the licences of everything bundled. */
import react from '@vitejs/plugin-react';
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Grafana's components fetch their icons from `public/img/icons`. */
const grafanaIcons: Plugin = {
  name: 'grafana-icons',
  closeBundle() {
    cpSync(here('node_modules/@grafana/ui/dist/public/img/icons'), here('dist/public/build/img/icons'), { recursive: true });
  },
};

export default defineConfig({
  plugins: [react(), grafanaIcons],
  base: '/',
  build: { license: { fileName: 'THIRD-PARTY-LICENSES.md' }, chunkSizeWarningLimit: 4_000 },
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
});
