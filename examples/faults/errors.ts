import { defineFault } from './fault.ts';

class SimulatedError extends Error {
  override readonly name = 'SimulatedError';
}

export const errors = defineFault({
  name: 'errors',
  does: 'Handlers throw: `share` of the requests are answered 500.',
  services: ['api', 'payments'],
  alerts: ['HighErrorRate', 'ErrorBudgetBurnFast', 'ErrorBudgetBurnSlow'],
  shows: {
    'telltale-api': 'error ratio, error budget, status mix',
    'telltale-errors': 'errors by type, top error endpoints',
  },
  parameters: { share: 0.3 },
  start: ({ seams }, { share }) =>
    seams.request.add(() => {
      if (Math.random() >= share) return;
      throw Math.random() < 0.2
        ? new TypeError('Simulated: undefined is not a course')
        : new SimulatedError('Simulated');
    }),
});
