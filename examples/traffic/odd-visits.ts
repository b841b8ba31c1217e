/** Visits that are not answered with a success, and methods that browsers and proxies send unasked. */
import type { Visit } from './visit.ts';

export const oddVisits: readonly Visit[] = [
  { to: 'api', route: 'GET /', weight: 2, plan: () => ({ path: '/' }) },
  // What scanners look for on every server.
  { to: 'api', route: null, weight: 1, plan: (world) => ({ path: `/wp-login.php?attempt=${world.upTo(1_000_000)}` }) },
  { to: 'api', route: null, weight: 1, plan: (world) => ({ path: `/schools/1/nothing/${world.upTo(1_000_000)}` }) },
  { to: 'payments', route: null, weight: 1, plan: () => ({ path: '/.env' }) },
  // Not signed in, signed in as the wrong one, signed in as nobody.
  { to: 'api', route: 'GET /users/me', weight: 1, plan: () => ({ path: '/users/me' }) },
  { to: 'api', route: null, weight: 1, plan: () => ({ path: '/assignments' }) },
  { to: 'api', route: null, weight: 1, plan: () => ({ path: '/reports/1/activity', as: 'student' }) },
  { to: 'payments', route: null, weight: 1, plan: () => ({ path: '/payments' }) },
  // Bodies and ids that make no sense.
  {
    to: 'api',
    route: 'POST /schools/:schoolId/courses',
    weight: 1,
    plan: () => ({ path: '/schools/1/courses', as: 'teacher', body: { title: '' } }),
  },
  {
    to: 'api',
    route: 'POST /sessions',
    weight: 1,
    plan: () => ({ path: '/sessions', body: { email: 'nobody@nowhere.example' } }),
  },
  { to: 'api', route: 'GET /schools/:schoolId', weight: 1, plan: () => ({ path: '/schools/first' }) },
  {
    to: 'api',
    route: 'POST /users',
    weight: 1,
    plan: () => ({ path: '/users', body: { name: 'Twice', email: 'user-1@classroom.example', schoolId: 1 } }),
  },
  {
    to: 'payments',
    route: 'POST /payments',
    weight: 1,
    plan: () => ({ path: '/payments', as: 'service', body: { amountMinor: -1 } }),
  },
  // Other methods.
  { to: 'api', route: null, weight: 2, plan: () => ({ path: '/schools', method: 'HEAD' }) },
  { to: 'api', route: null, weight: 1, plan: () => ({ path: '/users', method: 'HEAD' }) },
  { to: 'api', route: null, weight: 2, plan: (world) => ({ path: world.coursePath(), method: 'OPTIONS' }) },
  {
    to: 'api',
    route: null,
    weight: 1,
    plan: (world) => ({ path: world.lessonPath(), method: 'DELETE', as: 'teacher' }),
  },
];
