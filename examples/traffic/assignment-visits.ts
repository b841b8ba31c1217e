/** Visits of those who hand in assignments, and of those who read the reports. */
import { seed } from '../api/database/seed.ts';
import type { Visit } from './visit.ts';
import type { World } from './world.ts';

const assignment = '/assignments/:assignmentId';

function assignmentPath(world: World): string {
  return `/assignments/${world.assignmentId()}`;
}

export const assignmentVisits: readonly Visit[] = [
  { to: 'api', route: 'GET /assignments', weight: 6, plan: () => ({ path: '/assignments', as: 'student' }) },
  {
    to: 'api',
    route: `GET ${assignment}`,
    weight: 8,
    plan: (world) => ({ path: assignmentPath(world), as: 'student' }),
  },
  {
    to: 'api',
    route: `GET ${assignment}/submissions`,
    weight: 2,
    plan: (world) => ({ path: `${assignmentPath(world)}/submissions`, as: 'teacher' }),
  },
  {
    to: 'api',
    route: `POST ${assignment}/submissions`,
    weight: 8,
    plan: (world) => ({
      path: `${assignmentPath(world)}/submissions`,
      as: 'student',
      body: { answer: 'The answer is 42. '.repeat(world.upTo(50)) },
    }),
    learn: (world, { id, assignmentId }) =>
      world.submissions.add({ id: Number(id), assignmentId: Number(assignmentId) }),
  },
  {
    to: 'api',
    route: `GET ${assignment}/submissions/:submissionId`,
    weight: 4,
    plan: (world) => {
      const { assignmentId, id } = world.submissions.pick({ assignmentId: 1, id: 1 });
      return { path: `/assignments/${assignmentId}/submissions/${id}`, as: 'student' };
    },
  },
  {
    to: 'api',
    route: `PUT ${assignment}/attachment`,
    weight: 1,
    plan: (world) => ({
      path: `${assignmentPath(world)}/attachment`,
      as: 'teacher',
      body: 'A page of a worksheet. '.repeat(world.upTo(5_000)),
    }),
  },
  {
    to: 'api',
    route: `GET ${assignment}/attachment`,
    weight: 2,
    plan: (world) => ({ path: `${assignmentPath(world)}/attachment`, as: 'student' }),
  },
  {
    to: 'api',
    route: `GET ${assignment}/comments`,
    weight: 3,
    plan: (world) => ({ path: `${assignmentPath(world)}/comments`, as: 'student' }),
  },
  {
    to: 'api',
    route: `POST ${assignment}/comments`,
    weight: 2,
    plan: (world) => ({ path: `${assignmentPath(world)}/comments`, as: 'student', body: { body: 'Is it due today?' } }),
  },
  {
    to: 'api',
    route: 'GET /reports/:schoolId/activity',
    weight: 1,
    plan: (world) => ({ path: `/reports/${world.upTo(seed.schools)}/activity`, as: 'teacher' }),
  },
  {
    to: 'api',
    route: 'GET /reports/:schoolId/grades.csv',
    weight: 1,
    plan: (world) => ({ path: `/reports/${world.upTo(seed.schools)}/grades.csv`, as: 'teacher' }),
  },
];
