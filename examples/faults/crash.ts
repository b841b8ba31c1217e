import { defineFault } from './fault.ts';

export const crash = defineFault({
  name: 'crash',
  does: 'The process is killed after `afterMillis`, without a chance to tidy up. Whoever restarts it makes it a crash loop.',
  services: ['api', 'payments'],
  alerts: ['ServiceDown', 'ServiceRestarting', 'HealthCheckFailing'],
  shows: { 'telltale-infrastructure': 'targets up, restarts', 'telltale-api': 'availability probe, request rate' },
  parameters: { afterMillis: 100 },
  start: (_target, { afterMillis }) => {
    const timer = setTimeout(() => process.kill(process.pid, 'SIGKILL'), afterMillis);
    return () => clearTimeout(timer);
  },
});
