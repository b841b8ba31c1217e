/** The app of the api: what measures it, what answers, what is left over; in this order. */
import express, { type Express, type Request } from 'express';
import { errorMetrics, type HealthEndpoints, httpMetrics, metricsEndpoint } from 'telltale';
import type { Registry } from 'prom-client';
import type { Seams } from '../faults/fault.ts';
import { interceptRoutes } from '../faults/intercept-routes.ts';
import { answerError, notFound } from '../service/error-responses.ts';
import { interceptHealth } from '../service/health-seam.ts';
import { logRequests } from '../service/log.ts';
import { assignmentsRouter } from './assignments/assignments-router.ts';
import type { Classroom } from './classroom.ts';
import { commentsRouter } from './content/comments-router.ts';
import { pagesRouter } from './content/pages-router.ts';
import { schoolsRouter } from './content/schools-router.ts';
import { readSchool, reportsApp } from './reports/reports-app.ts';
import { createSession } from './users/sessions-handler.ts';
import { usersRouter } from './users/users-router.ts';

export interface AppOptions {
  readonly classroom: Classroom;
  readonly registry: Registry;
  readonly health: HealthEndpoints;
  readonly seams: Seams;
}

export function createApp({ classroom, registry, health, seams }: AppOptions): Express {
  const app = express();
  const reports = reportsApp(classroom);
  const comments = commentsRouter(classroom);
  app.disable('x-powered-by');

  app.use(logRequests());
  app.use('/health', interceptHealth(seams.health));
  app.use(httpMetrics({ registry }));
  app.use('/metrics', metricsEndpoint({ registry }));
  app.use(health);
  app.use(express.json({ limit: '200kb' }));

  app.get('/', (_request, response) => {
    response.json({ name: 'classroom', start: ['/schools', '/search?words=everybody', '/assignments'] });
  });
  app.post('/sessions', createSession(classroom.database));
  app.use('/users', usersRouter(classroom));
  app.use('/schools', schoolsRouter(classroom, comments));
  app.use('/assignments', assignmentsRouter(classroom, comments));
  app.use('/reports/:schoolId', readSchool, reports);
  app.use(pagesRouter(classroom));

  app.use(notFound);
  app.use(errorMetrics<Request>({ registry }));
  app.use(answerError);

  for (const each of [app, reports]) interceptRoutes(each, seams.request);
  return app;
}
