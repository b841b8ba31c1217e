/** A person who uses the classroom, as the handlers see them. */
import type { Response } from 'express';
import { HttpError } from '../../service/http-error.ts';

export type Role = 'student' | 'teacher';

export interface User {
  readonly id: number;
  readonly schoolId: number;
  readonly name: string;
  readonly role: Role;
}

/** Columns of the table that make up a user. */
export const userColumns = 'id, school_id as "schoolId", name, role';

/** Who makes the request. Only behind `signedIn()`. */
export function userOf(response: Response): User {
  const user = response.locals['user'] as User | undefined;
  if (user === undefined) throw new HttpError(401, 'Sign in first.');
  return user;
}
