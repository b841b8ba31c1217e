/** Visits that cost money, some of them with a card that is declined. */
import { seed } from '../api/database/seed.ts';
import { declinedEnding } from '../payments/card-network.ts';
import type { Visit } from './visit.ts';
import type { World } from './world.ts';

const goodCard = '4242424242424242';
const declinedCard = `400000000000${declinedEnding}`;
const noPayment = '00000000-0000-0000-0000-000000000000';

function newPayment(world: World, card: string): object {
  return {
    userId: world.upTo(seed.users),
    courseId: world.upTo(seed.courses),
    amountMinor: 500 + world.upTo(5_000),
    currency: world.chance(0.5) ? 'eur' : 'usd',
    card,
  };
}

export const paymentVisits: readonly Visit[] = [
  {
    to: 'api',
    route: 'POST /courses/:courseId/enrolments',
    weight: 6,
    plan: (world) => ({
      path: `/courses/${world.upTo(seed.courses)}/enrolments`,
      as: 'student',
      body: { card: goodCard },
    }),
  },
  {
    to: 'api',
    route: 'POST /courses/:courseId/enrolments',
    weight: 1,
    plan: () => ({ path: '/courses/1/enrolments', as: 'student', body: { card: declinedCard } }),
  },
  {
    to: 'payments',
    route: 'POST /payments',
    weight: 1,
    plan: (world) => ({ path: '/payments', as: 'service', body: newPayment(world, declinedCard) }),
  },
  {
    to: 'api',
    route: 'GET /users/me/payments',
    weight: 3,
    plan: () => ({ path: '/users/me/payments', as: 'student' }),
  },
  {
    to: 'payments',
    route: 'POST /payments',
    weight: 3,
    plan: (world) => ({
      path: '/payments',
      as: 'service',
      body: newPayment(world, goodCard),
    }),
    learn: (world, { id }) => world.payments.add(String(id)),
  },
  {
    to: 'payments',
    route: 'GET /payments',
    weight: 2,
    plan: (world) => ({ path: `/payments?userId=${world.upTo(seed.users)}`, as: 'service' }),
  },
  {
    to: 'payments',
    route: 'GET /payments/:paymentId',
    weight: 3,
    plan: (world) => ({ path: `/payments/${world.payments.pick(noPayment)}`, as: 'service' }),
  },
  {
    to: 'payments',
    route: 'POST /payments/:paymentId/refunds',
    weight: 1,
    plan: (world) => ({ path: `/payments/${world.payments.pick(noPayment)}/refunds`, as: 'service', body: {} }),
  },
];
