/** Comments on a course or on an assignment: one router, mounted at both. */
import { type Request, Router } from 'express';
import { readBody, readId, text } from '../../service/input.ts';
import type { Classroom } from '../classroom.ts';
import { userOf } from '../users/user.ts';

interface Subject {
  readonly kind: 'course' | 'assignment';
  readonly id: number;
}

export function commentsRouter({ database, live, happenings, signedIn }: Classroom): Router {
  const router = Router({ mergeParams: true });

  router.get('/', async (request, response) => {
    const { kind, id } = subjectOf(request);
    const comments = await database.query(
      `select id, user_id as "userId", body, created_at as "createdAt" from comments
       where subject = $1 and subject_id = $2 order by id desc limit 20`,
      [kind, id],
    );
    response.json(comments);
  });

  router.post('/', signedIn(), async (request, response) => {
    const { body } = readBody(request, { body: text(2_000) });
    const { kind, id } = subjectOf(request);
    const [comment] = await database.query(
      'insert into comments (subject, subject_id, user_id, body) values ($1, $2, $3, $4) returning id',
      [kind, id, userOf(response).id, body],
    );
    happenings.contentCreated('comment');
    if (kind === 'course') live.tell(id, 'comment', { body });
    response.status(201).json(comment);
  });

  return router;
}

/** Which of the two mounts the request came through. */
function subjectOf(request: Request): Subject {
  return request.params['assignmentId'] === undefined
    ? { kind: 'course', id: readId(request, 'courseId') }
    : { kind: 'assignment', id: readId(request, 'assignmentId') };
}
