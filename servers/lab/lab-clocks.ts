/** The clocks of a lab: short enough to see something soon, everything else as shipped. */
import type { Timing } from '../../src/model/model.ts';

export const labClocks = {
  scrapeSeconds: 5,
  timing: { scrapeInterval: '5s', scrapeTimeout: '4s', evaluationInterval: '5s' } satisfies Partial<Timing>,
} as const;
