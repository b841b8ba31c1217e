/** Where this build was loaded from: the base for resolving optional peers. The ESM twin is `module-url.ts`. */
import { pathToFileURL } from 'node:url';

export const moduleUrl: string = pathToFileURL(__filename).href;
