import { defineFault } from './fault.ts';

export const jobFailing = defineFault({
  name: 'job-failing',
  does: 'Background jobs throw when they start.',
  services: ['api'],
  alerts: [],
  shows: { 'telltale-infrastructure': 'job runs by result, time since the last success, queue depth' },
  parameters: {},
  start: ({ seams }) =>
    seams.job.add(() => {
      throw new Error('Simulated: the job cannot start');
    }),
});
