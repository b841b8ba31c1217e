/**
 * The Express lines that tests run against: 4.22, and 5 with both routers, which differ inside (2.2 keeps paths in
 * closures). Express 4 has no types here: all are used through Express 5's.
 */
import { createRequire } from 'node:module';
import express from 'express';

export type Express = typeof express;

export interface ExpressLine {
  readonly name: string;
  /** How npm calls it here. Express 5 asks for any router from 2.2.0 on: `overrides` in package.json pins the older. */
  readonly packageName: string;
  readonly express: Express;
  /** A path that matches everything, as this line spells it. */
  readonly everything: string;
  readonly catchesRejections: boolean;
}

const require = createRequire(import.meta.url);
const express5 = { everything: '/*splat', catchesRejections: true };

export const expressLines: readonly ExpressLine[] = [
  {
    name: 'Express 4.22',
    packageName: 'express4',
    express: require('express4') as Express,
    everything: '*',
    catchesRejections: false,
  },
  {
    name: 'Express 5 with router 2.2',
    packageName: 'express-router22',
    express: require('express-router22') as Express,
    ...express5,
  },
  { name: 'Express 5 with router 2.3', packageName: 'express', express, ...express5 },
];
