/** One way to get HTTP metrics out of an Express service. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Load } from './paths.ts';

export type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => unknown;

export interface Instrument {
  /** Undefined where there is none to call: nothing is recorded, or modules are patched instead. */
  readonly middleware?: Middleware;
  /** What has been recorded, as exposed: to see that the contestant did its work. */
  readonly exposition?: () => string | Promise<string>;
}

export interface Contestant {
  readonly id: string;
  readonly title: string;
  /** Its versions are reported. */
  readonly packages: readonly string[];
  readonly express: 'express' | 'express4';
  /** Below bench/peers/, where the packages are installed. @default bench/peers/ itself */
  readonly folder?: string;
  /** True where there is no middleware to call by itself. */
  readonly patchesModules?: true;
  /** Called before Express is loaded. */
  readonly start: (load: Load) => Instrument | Promise<Instrument>;
}
