/** Who makes a request: read from its bearer token, once a minute per user from the database. */
import type { RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';
import type { Database } from '../../service/database.ts';
import { HttpError } from '../../service/http-error.ts';
import { type Role, type User, userColumns } from './user.ts';

export interface SignIn {
  /** Lets signed-in users through, or only those of a role; answers others 401 and 403. */
  readonly signedIn: (role?: Role) => RequestHandler;
  /** Users by token; exposed so that it can be instrumented. */
  readonly sessions: LRUCache<string, User>;
}

export function createSignIn(database: Database): SignIn {
  const sessions = new LRUCache<string, User>({ max: 5_000, ttl: 60_000 });
  const findUser = async (token: string): Promise<User | undefined> => {
    const known = sessions.get(token);
    if (known !== undefined) return known;
    const [user] = await database.query<User>(
      `update users set last_seen_at = now() where token = $1 returning ${userColumns}`,
      [token],
    );
    if (user !== undefined) sessions.set(token, user);
    return user;
  };
  const signedIn =
    (role?: Role): RequestHandler =>
    async (request, response, next) => {
      const token = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
      const user = token === undefined ? undefined : await findUser(token);
      if (user === undefined) throw new HttpError(401, 'Sign in first: Authorization: Bearer <token>.');
      if (role !== undefined && user.role !== role) throw new HttpError(403, `Only a ${role} may do this.`);
      response.locals['user'] = user;
      next();
    };
  return { signedIn, sessions };
}
