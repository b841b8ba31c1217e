/** Visits of people who join, sign in and look at themselves. */
import { seed } from '../api/database/seed.ts';
import type { Visit } from './visit.ts';

export const userVisits: readonly Visit[] = [
  {
    to: 'api',
    route: 'POST /users',
    weight: 1,
    plan: (world) => ({
      path: '/users',
      body: {
        name: 'New here',
        email: `new-${Date.now()}-${world.upTo(1_000_000)}@classroom.example`,
        schoolId: world.upTo(seed.schools),
      },
    }),
  },
  {
    to: 'api',
    route: 'POST /sessions',
    weight: 3,
    plan: (world) => ({ path: '/sessions', body: { email: `user-${world.upTo(seed.users)}@classroom.example` } }),
  },
  { to: 'api', route: 'GET /users/me', weight: 8, plan: () => ({ path: '/users/me', as: 'student' }) },
  {
    to: 'api',
    route: 'PATCH /users/me',
    weight: 1,
    plan: (world) => ({ path: '/users/me', as: 'student', body: { name: `Renamed ${world.upTo(1_000)}` } }),
  },
  {
    to: 'api',
    route: 'GET /users/:userId',
    weight: 3,
    plan: (world) => ({ path: `/users/${world.upTo(seed.users)}`, as: 'student' }),
  },
];
