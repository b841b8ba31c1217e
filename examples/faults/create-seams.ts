/** The seams of one service, with nothing in them. */
import { createSeam } from '../service/seam.ts';
import type { Seams } from './fault.ts';

export function createSeams(): Seams {
  return {
    request: createSeam(),
    health: createSeam(),
    query: createSeam(),
    cacheRead: createSeam(),
    job: createSeam(),
    charge: createSeam(),
  };
}
