/** `/assignments`: for signed-in users only, which the router itself sees to. */
import { Router } from 'express';
import { HttpError } from '../../service/http-error.ts';
import { readBody, readId, text } from '../../service/input.ts';
import type { Classroom } from '../classroom.ts';
import { userOf } from '../users/user.ts';
import { attachmentHandlers } from './attachments.ts';

export function assignmentsRouter(classroom: Classroom, comments: Router): Router {
  const { database, happenings, signedIn } = classroom;
  const router = Router();
  const attachments = attachmentHandlers(classroom);
  router.use(signedIn());

  router.get('/', async (_request, response) => {
    const assignments = await database.query(
      `select assignments.id, assignments.title, due_at as "dueAt", courses.title as course
       from assignments join lessons on lessons.id = lesson_id join courses on courses.id = course_id
       where school_id = $1 and due_at > now() order by due_at limit 20`,
      [userOf(response).schoolId],
    );
    response.json(assignments);
  });

  router.get('/:assignmentId', async (request, response) => {
    const [assignment] = await database.query(
      `select id, lesson_id as "lessonId", title, due_at as "dueAt", attachment from assignments where id = $1`,
      [readId(request, 'assignmentId')],
    );
    if (assignment === undefined) throw new HttpError(404, 'There is no such assignment.');
    response.json(assignment);
  });

  router.get('/:assignmentId/submissions', signedIn('teacher'), async (request, response) => {
    const submissions = await database.query(
      `select id, user_id as "userId", grade, submitted_at as "submittedAt" from submissions
       where assignment_id = $1 order by id desc limit 50`,
      [readId(request, 'assignmentId')],
    );
    response.json(submissions);
  });

  router.post('/:assignmentId/submissions', async (request, response) => {
    const { answer } = readBody(request, { answer: text(20_000) });
    const [submission] = await database.query(
      `insert into submissions (assignment_id, user_id, answer)
       select id, $2, $3 from assignments where id = $1 returning id, assignment_id as "assignmentId"`,
      [readId(request, 'assignmentId'), userOf(response).id, answer],
    );
    if (submission === undefined) throw new HttpError(404, 'There is no such assignment.');
    happenings.assignmentCompleted();
    response.status(202).json(submission);
  });

  router.get('/:assignmentId/submissions/:submissionId', async (request, response) => {
    const [submission] = await database.query(
      'select id, answer, grade, graded_at as "gradedAt" from submissions where id = $1 and assignment_id = $2',
      [readId(request, 'submissionId'), readId(request, 'assignmentId')],
    );
    if (submission === undefined) throw new HttpError(404, 'There is no such submission.');
    response.json(submission);
  });

  router.route('/:assignmentId/attachment').put(signedIn('teacher'), attachments.upload).get(attachments.download);

  router.use('/:assignmentId/comments', comments);
  return router;
}
