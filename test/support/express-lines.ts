/** The Express lines that tests run against. Express 4 has no types here: both are used through Express 5's. */
import { createRequire } from 'node:module';
import express from 'express';

export type Express = typeof express;

export interface ExpressLine {
  readonly name: string;
  readonly express: Express;
  /** A path that matches everything, as this line spells it. */
  readonly everything: string;
  readonly catchesRejections: boolean;
}

const require = createRequire(import.meta.url);

export const expressLines: readonly ExpressLine[] = [
  { name: 'Express 4', express: require('express4') as Express, everything: '*', catchesRejections: false },
  { name: 'Express 5', express, everything: '/*splat', catchesRejections: true },
];
