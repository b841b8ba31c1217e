import { defineFault } from './fault.ts';

export const cacheOff = defineFault({
  name: 'cache-off',
  does: 'Each key is deleted before it is read, so that every read is a miss and goes to the database.',
  services: ['api'],
  alerts: [],
  shows: { 'telltale-database': 'cache hit ratio, query rate' },
  parameters: {},
  start: ({ seams, cache }) => seams.cacheRead.add((key) => cache?.delete(key)),
});
