/** Builds the page into dist/: hashed assets, Grafana's icons and fonts beside them, and the licences of everything bundled. */
import react from '@vitejs/plugin-react';
import { cpSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Alias, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What Grafana's components fetch from its `public` folder: icons, and the font that they measure text with. */
const publicFiles: readonly (readonly [from: string, to: string])[] = [
  ['node_modules/@grafana/ui/dist/public/img/icons', 'build/img/icons'],
  // Those that are missing from the package.
  ['src/grafana/icons', 'build/img/icons/unicons'],
  ['node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', 'fonts/inter/Inter-Regular.woff2'],
  ['node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', 'fonts/inter/Inter-Medium.woff2'],
  ['node_modules/@fontsource-variable/inter/files/inter-latin-wght-italic.woff2', 'fonts/inter/Inter-Italic.woff2'],
  [
    'node_modules/@fontsource-variable/inter/files/inter-latin-wght-italic.woff2',
    'fonts/inter/Inter-MediumItalic.woff2',
  ],
];

const grafanaPublic = (): Plugin => {
  let outDir = 'dist';
  return {
    name: 'grafana-public',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const [from, to] of publicFiles) {
        cpSync(here(from), resolve(outDir, 'public', to), { recursive: true });
      }
    },
  };
};

/** Dependencies of our libraries that are needed here for a fraction, or not at all: the files say why. */
const lighter: readonly Alias[] = [
  { find: /^\.{1,2}\/TableCellInspector\.mjs$/, replacement: here('src/grafana/cell-inspector.tsx') },
  { find: 'linkify-it', replacement: here('src/runbooks/no-linkify.ts') },
  {
    find: 'moment-timezone',
    replacement: here('node_modules/moment-timezone/builds/moment-timezone-with-data-10-year-range.js'),
  },
  { find: 'ol/format/WKT', replacement: here('src/grafana/no-geometry.ts') },
  { find: 'react-dom/server', replacement: here('src/grafana/no-server-rendering.ts') },
  { find: 'semver', replacement: here('src/grafana/plain-versions.ts') },
];

export default defineConfig({
  plugins: [react(), grafanaPublic()],
  resolve: { alias: lighter },
  base: '/',
  build: { license: { fileName: 'THIRD-PARTY-LICENSES.md' }, chunkSizeWarningLimit: 4_000 },
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
});
