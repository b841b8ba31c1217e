import { defineFault } from './fault.ts';

class CardNetworkError extends Error {
  override readonly name = 'CardNetworkError';
}

export const paymentsFailing = defineFault({
  name: 'payments-failing',
  does: 'The card network fails: `share` of the payments end as failed and are answered 500.',
  services: ['payments'],
  alerts: ['HighErrorRate', 'ErrorBudgetBurnFast', 'BusinessActivityDrop'],
  shows: {
    'telltale-business': 'payment success ratio, revenue',
    'telltale-api': 'outbound dependencies (of api): errors',
  },
  parameters: { share: 1 },
  start: ({ seams }, { share }) =>
    seams.charge.add(() => {
      if (Math.random() < share) throw new CardNetworkError('Simulated: the card network does not answer');
    }),
});
