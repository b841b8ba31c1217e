import { setTimeout as sleep } from 'node:timers/promises';
import { defineFault } from './fault.ts';

export const healthFailing = defineFault({
  name: 'health-failing',
  does: '`/health` answers 503, after `hangMillis`; everything else works.',
  services: ['api', 'payments'],
  alerts: ['HealthCheckFailing'],
  shows: { 'telltale-api': 'availability probe' },
  parameters: { hangMillis: 0 },
  start: ({ seams }, { hangMillis }) =>
    seams.health.add(async (response) => {
      if (hangMillis > 0) await sleep(hangMillis);
      response.status(503).json({ status: 'failing' });
    }),
});
