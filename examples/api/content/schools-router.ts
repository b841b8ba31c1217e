/** `/schools`: schools, below them courses, below those lessons. */
import { Router } from 'express';
import { HttpError } from '../../service/http-error.ts';
import { readId } from '../../service/input.ts';
import type { Classroom } from '../classroom.ts';
import { coursesRouter } from './courses-router.ts';

export function schoolsRouter(classroom: Classroom, comments: Router): Router {
  const { database, cache } = classroom;
  const router = Router();

  router.get('/', async (_request, response) => {
    const schools = await cache.fetch('schools', () =>
      database.query('select id, name from schools order by id limit 50'),
    );
    response.json(schools);
  });

  router.get('/:schoolId', async (request, response) => {
    const [school] = await database.query(
      `select id, name, (select count(*)::int from courses where school_id = schools.id) as courses
       from schools where id = $1`,
      [readId(request, 'schoolId')],
    );
    if (school === undefined) throw new HttpError(404, 'There is no such school.');
    response.json(school);
  });

  router.use('/:schoolId/courses', coursesRouter(classroom, comments));
  return router;
}
