/** Where the built page is: copied to `dist/preview-page/` of this package by its build. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TelltaleError } from '../errors.ts';

/** The same from `src/preview/`, `dist/preview/` and, for the demo, `build/src/preview/`. */
export function packagedPage(): string {
  return join(packageRoot(), 'dist', 'preview-page');
}

export function pageMissing(folder: string): TelltaleError {
  // The page's source is in a checkout, never in the package.
  const isCheckout = existsSync(join(packageRoot(), 'preview'));
  const fix = isCheckout ? 'build it: npm run build:preview' : 'install telltale again: its package holds the page';
  return new TelltaleError('TELLTALE_SERVER', `Cannot serve the preview as its page is not in "${folder}"`, { fix });
}

function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
