import { defineFault } from './fault.ts';

class ForgottenError extends Error {
  override readonly name = 'ForgottenError';
}

export const unhandledRejection = defineFault({
  name: 'unhandled-rejection',
  does: 'Every `everyMillis`, a promise is rejected and nobody looks.',
  services: ['api', 'payments'],
  alerts: [],
  shows: { 'telltale-errors': 'unhandled errors, errors by type' },
  parameters: { everyMillis: 1_000 },
  start: (_target, { everyMillis }) => {
    const timer = setInterval(() => {
      void Promise.reject(new ForgottenError('Simulated: nobody awaits this'));
    }, everyMillis);
    return () => clearInterval(timer);
  },
});
