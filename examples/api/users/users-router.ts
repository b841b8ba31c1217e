/** `/users`: join a school, sign in, look at oneself and at others. */
import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { integer, oneOf, optional, readBody, readId, text } from '../../service/input.ts';
import { HttpError } from '../../service/http-error.ts';
import type { Classroom } from '../classroom.ts';
import { type User, userColumns, userOf } from './user.ts';

/** SQLSTATE of a value that must be unique and is not. */
const uniqueViolation = '23505';
/** SQLSTATE of a reference to a row that does not exist. */
const foreignKeyViolation = '23503';

const newUser = {
  name: text(100),
  email: text(200),
  schoolId: integer(1, 2_147_483_647),
  role: optional(oneOf('student')),
};

export function usersRouter({ database, payments, signedIn }: Classroom): Router {
  const router = Router();

  router.post('/', async (request, response) => {
    const { name, email, schoolId } = readBody(request, newUser);
    const token = randomUUID();
    const [user] = await database
      .query<User>(
        `insert into users (school_id, name, email, role, token) values ($1, $2, $3, 'student', $4)
         returning ${userColumns}`,
        [schoolId, name, email, token],
      )
      .catch(explainViolation);
    response.status(201).json({ user, token });
  });

  router.get('/me', signedIn(), (_request, response) => {
    response.json(userOf(response));
  });

  router.patch('/me', signedIn(), async (request, response) => {
    const { name } = readBody(request, { name: text(100) });
    await database.query('update users set name = $2 where id = $1', [userOf(response).id, name]);
    response.status(204).end();
  });

  router.get('/me/payments', signedIn(), async (_request, response) => {
    response.json(await payments.paymentsOf(userOf(response).id));
  });

  router.get('/:userId', signedIn(), async (request, response) => {
    const [user] = await database.query<User>(`select ${userColumns} from users where id = $1`, [
      readId(request, 'userId'),
    ]);
    if (user === undefined) throw new HttpError(404, 'There is no such user.');
    response.json(user);
  });

  return router;
}

function explainViolation(error: unknown): never {
  const { code } = error as { readonly code?: string };
  if (code === uniqueViolation) throw new HttpError(409, 'There is a user with this e-mail address.');
  if (code === foreignKeyViolation) throw new HttpError(400, 'There is no such school.');
  throw error;
}
