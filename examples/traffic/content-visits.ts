/** Visits of schools, courses, lessons and comments. */
import { schoolOf, seed } from '../api/database/seed.ts';
import type { Visit } from './visit.ts';
import type { World } from './world.ts';

const course = '/schools/:schoolId/courses/:courseId';
const missingCourse = { schoolId: 1, id: 999 } as const;

function newCourse(): object {
  return { title: 'A course of one evening', description: 'Made by the traffic', priceMinor: 1_500, currency: 'eur' };
}

function newLesson(world: World): object {
  return { title: `Lesson of minute ${world.upTo(60)}`, body: 'To be read twice. '.repeat(world.upTo(80)) };
}

export const contentVisits: readonly Visit[] = [
  { to: 'api', route: 'GET /schools', weight: 8, plan: () => ({ path: '/schools' }) },
  {
    to: 'api',
    route: 'GET /schools/:schoolId',
    weight: 6,
    plan: (world) => ({ path: `/schools/${world.upTo(seed.schools)}` }),
  },
  {
    to: 'api',
    route: 'GET /schools/:schoolId/courses',
    weight: 10,
    plan: (world) => ({ path: `/schools/${world.upTo(seed.schools)}/courses` }),
  },
  {
    to: 'api',
    route: 'POST /schools/:schoolId/courses',
    weight: 2,
    plan: (world) => ({ path: `/schools/${world.upTo(seed.schools)}/courses`, as: 'teacher', body: newCourse() }),
    learn: (world, { id, schoolId }) => world.courses.add({ id: Number(id), schoolId: Number(schoolId) }),
  },
  { to: 'api', route: `GET ${course}`, weight: 16, plan: (world) => ({ path: world.coursePath() }) },
  {
    to: 'api',
    route: `PATCH ${course}`,
    weight: 1,
    plan: (world) => ({ path: world.coursePath(), as: 'teacher', body: { description: `Edition ${world.upTo(100)}` } }),
  },
  {
    to: 'api',
    route: `DELETE ${course}`,
    weight: 1,
    plan: (world) => {
      const { schoolId, id } = world.courses.take() ?? missingCourse;
      return { path: `/schools/${schoolId}/courses/${id}`, as: 'teacher' };
    },
  },
  {
    to: 'api',
    route: `GET ${course}/lessons`,
    weight: 10,
    plan: (world) => ({ path: `${world.coursePath()}/lessons` }),
  },
  {
    to: 'api',
    route: `POST ${course}/lessons`,
    weight: 3,
    plan: (world) => ({ path: `${world.coursePath()}/lessons`, as: 'teacher', body: newLesson(world) }),
  },
  { to: 'api', route: `GET ${course}/lessons/:lessonId`, weight: 24, plan: (world) => ({ path: world.lessonPath() }) },
  {
    to: 'api',
    route: `PUT ${course}/lessons/:lessonId`,
    weight: 1,
    plan: (world) => ({ path: world.lessonPath(), as: 'teacher', body: newLesson(world) }),
  },
  {
    to: 'api',
    route: `GET ${course}/comments`,
    weight: 6,
    plan: (world) => ({ path: `${world.coursePath()}/comments` }),
  },
  {
    to: 'api',
    route: `POST ${course}/comments`,
    weight: 4,
    plan: (world) => ({ path: `${world.coursePath()}/comments`, as: 'student', body: { body: 'I did not get that.' } }),
  },
  {
    to: 'api',
    route: 'GET /search',
    weight: 4,
    plan: (world) => ({ path: `/search?words=subject%20${world.upTo(seed.courses)}` }),
  },
  { to: 'api', route: 'GET /find/:words', weight: 2, plan: () => ({ path: '/find/everybody' }) },
  {
    to: 'api',
    route: 'GET /c/(\\d+)(?:-[\\w-]*)?',
    weight: 2,
    plan: (world) => ({ path: `/c/${world.upTo(seed.courses)}-what-everybody-should-know` }),
  },
  {
    to: 'api',
    route: 'GET /lessons/:lessonId/handout',
    weight: 2,
    plan: (world) => ({ path: `/lessons/${world.upTo(8)}/handout` }),
  },
  // A course that another school offers: not found.
  {
    to: 'api',
    route: `GET ${course}`,
    weight: 1,
    plan: (world) => {
      const courseId = world.upTo(seed.courses);
      return { path: `/schools/${(schoolOf(courseId) % seed.schools) + 1}/courses/${courseId}` };
    },
  },
];
