/** What does not hang below a school: search, short links, handouts, the live stream, and joining a course. */
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Router } from 'express';
import { HttpError } from '../../service/http-error.ts';
import { readBody, readId, readQuery, text } from '../../service/input.ts';
import type { Classroom } from '../classroom.ts';
import { userOf } from '../users/user.ts';
import { courseColumns, findCourse, findLesson } from './courses.ts';

/** `/c/7` and `/c/7-what-a-course-is-about`: what people paste into chats. */
const shortLink = /^\/c\/(\d+)(?:-[\w-]*)?$/;

export function pagesRouter({ database, payments, live, signedIn }: Classroom): Router {
  const router = Router();

  // The second path is the one of the old site.
  router.get(['/search', '/find/:words'], async (request, response) => {
    const words = request.params['words'];
    const searched = typeof words === 'string' ? words : readQuery(request, 'words', '');
    if (searched === '') throw new HttpError(400, 'Say what to search for: ?words=...');
    const courses = await database.query(
      `select ${courseColumns} from courses where title || ' ' || description ilike '%' || $1 || '%' order by id limit 10`,
      [searched],
    );
    response.json(courses);
  });

  router.get(shortLink, async (request, response) => {
    const { id, schoolId } = await findCourse(database.query, readId(request, '0'));
    response.redirect(302, `/schools/${schoolId}/courses/${id}`);
  });

  router.get('/lessons/:lessonId/handout', async (request, response) => {
    const lesson = await findLesson(database.query, readId(request, 'lessonId'));
    response.attachment(`lesson-${lesson.id}.txt`);
    await pipeline(Readable.from(handout(lesson.body)), response).catch((error: unknown) => {
      // A reader who went away is no error of ours.
      if (!response.destroyed) throw error;
    });
  });

  router.get('/courses/:courseId/live', live.stream);

  router.post('/courses/:courseId/enrolments', signedIn(), async (request, response) => {
    const { card } = readBody(request, { card: text(19) });
    const course = await findCourse(database.query, readId(request, 'courseId'));
    const { id: userId } = userOf(response);
    const payment =
      course.priceMinor === 0
        ? undefined
        : await payments.pay({
            userId,
            courseId: course.id,
            amountMinor: course.priceMinor,
            currency: course.currency,
            card,
          });
    if (payment?.status === 'failed') throw new HttpError(402, 'The card was declined.');
    await database.query(
      'insert into enrolments (user_id, course_id, payment_id) values ($1, $2, $3) on conflict do nothing',
      [userId, course.id, payment?.id],
    );
    response.status(201).json({ courseId: course.id, paymentId: payment?.id });
  });

  return router;
}

/** The lesson two hundred times over: long enough for a reader to go away in the middle. */
function* handout(body: string): Generator<string> {
  for (let page = 1; page <= 200; page += 1) yield `Page ${page}\n\n${body}\n\n`;
}
