import { defineFault } from './fault.ts';

export const queueStuck = defineFault({
  name: 'queue-stuck',
  does: 'Nobody works off the queue of submissions to be graded.',
  services: ['api'],
  alerts: [],
  shows: { 'telltale-infrastructure': 'queue depth and age of the oldest item, job runs' },
  parameters: {},
  start: ({ consumer }) => {
    consumer?.pause();
    return () => consumer?.resume();
  },
});
