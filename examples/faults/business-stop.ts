import { HttpError } from '../service/http-error.ts';
import { defineFault } from './fault.ts';

export const businessStop = defineFault({
  name: 'business-stop',
  does: 'A read-only mode is left on: whatever would create something is answered 403. No 5xx, nothing slow.',
  services: ['api', 'payments'],
  alerts: ['BusinessActivityDrop'],
  shows: {
    'telltale-business': 'content created, assignments completed, payments, revenue',
    'telltale-errors': '4xx by route',
  },
  parameters: {},
  start: ({ seams }) =>
    seams.request.add((request) => {
      if (request.method === 'POST') throw new HttpError(403, 'The classroom is read-only.');
    }),
});
