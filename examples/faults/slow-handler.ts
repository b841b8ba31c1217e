import { setTimeout as sleep } from 'node:timers/promises';
import { defineFault } from './fault.ts';

export const slowHandler = defineFault({
  name: 'slow-handler',
  does: 'Handlers wait `millis` before they begin, in `share` of the requests.',
  services: ['api', 'payments'],
  alerts: ['HighResponseTime', 'ErrorBudgetBurnFast', 'ErrorBudgetBurnSlow'],
  shows: { 'telltale-api': 'request duration, p95 by route, requests in flight, budget of the latency objective' },
  parameters: { millis: 1_500, share: 1 },
  start: ({ seams }, { millis, share }) =>
    seams.request.add(async () => {
      if (Math.random() < share) await sleep(millis);
    }),
});
