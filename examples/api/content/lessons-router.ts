/** `/schools/:schoolId/courses/:courseId/lessons`, the third router on the way down. */
import { Router } from 'express';
import { readBody, readId, text } from '../../service/input.ts';
import type { Classroom } from '../classroom.ts';
import { findCourse, findLesson, type Lesson, lessonColumns } from './courses.ts';

const newLesson = { title: text(200), body: text(50_000) };

export function lessonsRouter({ database, cache, live, happenings, signedIn }: Classroom): Router {
  const router = Router({ mergeParams: true });

  router.get('/', async (request, response) => {
    const courseId = readId(request, 'courseId');
    const lessons = await cache.fetch(`lessons:${courseId}`, () =>
      database.query('select id, title from lessons where course_id = $1 order by id desc limit 50', [courseId]),
    );
    response.json(lessons);
  });

  router.post('/', signedIn('teacher'), async (request, response) => {
    const { title, body } = readBody(request, newLesson);
    const { id: courseId } = await findCourse(database.query, readId(request, 'courseId'), readId(request, 'schoolId'));
    const lesson = await database.transaction(async (query) => {
      const [created] = await query<Lesson>(
        `insert into lessons (course_id, title, body) values ($1, $2, $3) returning ${lessonColumns}`,
        [courseId, title, body],
      );
      await query(`insert into assignments (lesson_id, title, due_at) values ($1, $2, now() + interval '7 days')`, [
        created?.id,
        `Exercise: ${title}`,
      ]);
      return created;
    });
    await cache.forget(`lessons:${courseId}`);
    happenings.contentCreated('lesson');
    happenings.contentCreated('assignment');
    live.tell(courseId, 'lesson', { title });
    response.status(201).json(lesson);
  });

  router.get('/:lessonId', async (request, response) => {
    const lessonId = readId(request, 'lessonId');
    const courseId = readId(request, 'courseId');
    response.json(
      await cache.fetch(`lesson:${courseId}:${lessonId}`, () => findLesson(database.query, lessonId, courseId)),
    );
  });

  router.put('/:lessonId', signedIn('teacher'), async (request, response) => {
    const { title, body } = readBody(request, newLesson);
    const { id, courseId } = await findLesson(database.query, readId(request, 'lessonId'), readId(request, 'courseId'));
    await database.query('update lessons set title = $2, body = $3 where id = $1', [id, title, body]);
    await cache.forget(`lesson:${courseId}:${id}`);
    response.status(204).end();
  });

  return router;
}
