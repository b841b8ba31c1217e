/** `/schools/:schoolId/courses`: anybody reads, teachers write. */
import { Router } from 'express';
import { integer, oneOf, optional, readBody, readId, text } from '../../service/input.ts';
import type { Classroom } from '../classroom.ts';
import { type Course, courseColumns, findCourse } from './courses.ts';
import { lessonsRouter } from './lessons-router.ts';

const newCourse = {
  title: text(200),
  description: text(2_000),
  priceMinor: integer(0, 1_000_000),
  currency: oneOf('eur', 'usd'),
};

export function coursesRouter(classroom: Classroom, comments: Router): Router {
  const { database, cache, happenings, signedIn } = classroom;
  const router = Router({ mergeParams: true });

  router.get('/', async (request, response) => {
    const courses = await database.query<Course>(
      `select ${courseColumns} from courses where school_id = $1 order by id desc limit 20`,
      [readId(request, 'schoolId')],
    );
    response.json(courses);
  });

  router.post('/', signedIn('teacher'), async (request, response) => {
    const { title, description, priceMinor, currency } = readBody(request, newCourse);
    const [course] = await database.query<Course>(
      `insert into courses (school_id, title, description, price_minor, currency)
       select id, $2, $3, $4, $5 from schools where id = $1 returning ${courseColumns}`,
      [readId(request, 'schoolId'), title, description, priceMinor, currency],
    );
    happenings.contentCreated('course');
    response.status(201).json(course);
  });

  router
    .route('/:courseId')
    .get(async (request, response) => {
      const courseId = readId(request, 'courseId');
      const schoolId = readId(request, 'schoolId');
      response.json(
        await cache.fetch(`course:${schoolId}:${courseId}`, () => findCourse(database.query, courseId, schoolId)),
      );
    })
    .patch(signedIn('teacher'), async (request, response) => {
      const { title, description } = readBody(request, {
        title: optional(text(200)),
        description: optional(text(2_000)),
      });
      const { id, schoolId } = await findCourse(
        database.query,
        readId(request, 'courseId'),
        readId(request, 'schoolId'),
      );
      await database.query(
        'update courses set title = coalesce($2, title), description = coalesce($3, description) where id = $1',
        [id, title, description],
      );
      await cache.forget(`course:${schoolId}:${id}`);
      response.status(204).end();
    })
    .delete(signedIn('teacher'), async (request, response) => {
      const { id, schoolId } = await findCourse(
        database.query,
        readId(request, 'courseId'),
        readId(request, 'schoolId'),
      );
      await database.query('delete from courses where id = $1', [id]);
      await cache.forget(`course:${schoolId}:${id}`);
      response.status(204).end();
    });

  router.use('/:courseId/lessons', lessonsRouter(classroom));
  router.use('/:courseId/comments', comments);
  return router;
}
