/** `POST /sessions`: a token for an e-mail address. A real school would ask for a password, too. */
import type { RequestHandler } from 'express';
import type { Database } from '../../service/database.ts';
import { HttpError } from '../../service/http-error.ts';
import { readBody, text } from '../../service/input.ts';

export function createSession(database: Database): RequestHandler {
  return async (request, response) => {
    const { email } = readBody(request, { email: text(200) });
    const [session] = await database.query<{ readonly token: string }>('select token from users where email = $1', [
      email,
    ]);
    if (session === undefined) throw new HttpError(401, 'There is no user with this e-mail address.');
    response.status(201).json(session);
  };
}
