/** `/reports/:schoolId`: an app of its own inside the app, since reports are indented JSON. */
import express, { type Express, type RequestHandler, type Response } from 'express';
import { readId } from '../../service/input.ts';
import type { Classroom } from '../classroom.ts';

/** Belongs to the mount: an app that is mounted does not see the parameters of the path it is mounted at. */
export const readSchool: RequestHandler = (request, response, next) => {
  response.locals['schoolId'] = readId(request, 'schoolId');
  next();
};

export function reportsApp({ database, signedIn }: Classroom): Express {
  const app = express();
  app.set('json spaces', 2);
  app.use(signedIn('teacher'));

  app.get('/activity', async (_request, response) => {
    const days = await database.query(
      `select date_trunc('hour', submitted_at) as hour, count(*)::int as submissions, count(distinct user_id)::int as students
       from submissions join users on users.id = user_id where school_id = $1
       group by 1 order by 1 desc limit 24`,
      [schoolId(response)],
    );
    response.json(days);
  });

  app.get('/grades.csv', async (_request, response) => {
    const grades = await database.query<{ readonly name: string; readonly average: string; readonly graded: number }>(
      `select users.name, round(avg(grade), 1) as average, count(grade)::int as graded
       from users join submissions on user_id = users.id where school_id = $1 group by users.id order by users.id limit 500`,
      [schoolId(response)],
    );
    const lines = grades.map(({ name, average, graded }) => [name, average, graded].join(','));
    response.attachment('grades.csv').send(['name,average,graded', ...lines, ''].join('\n'));
  });

  return app;
}

function schoolId(response: Response): number {
  return response.locals['schoolId'] as number;
}
