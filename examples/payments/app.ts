/** The app of payments, measured in one line. */
import express, { type Express, type Request } from 'express';
import { errorMetrics, type Observed, observe, postgresCheck } from 'telltale';
import type { Registry } from 'prom-client';
import type { Seams } from '../faults/fault.ts';
import { interceptRoutes } from '../faults/intercept-routes.ts';
import { answerError, notFound } from '../service/error-responses.ts';
import { interceptHealth } from '../service/health-seam.ts';
import { logRequests } from '../service/log.ts';
import type { ServiceSettings } from '../service/settings.ts';
import { type PaymentDesk, paymentsRouter, withKey } from './payments-router.ts';

export interface AppOptions {
  readonly desk: PaymentDesk;
  readonly settings: ServiceSettings;
  readonly registry: Registry;
  readonly seams: Seams;
}

export interface PaymentsApp {
  readonly app: Express;
  readonly observed: Observed;
}

export function createApp({ desk, settings, registry, seams }: AppOptions): PaymentsApp {
  const { version, commit, paymentsKey } = settings;
  const app = express();
  app.disable('x-powered-by');
  app.use(logRequests());
  app.use('/health', interceptHealth(seams.health));
  const checks = { database: postgresCheck(desk.database.pool) };
  const observed = observe(app, { registry, health: { version, commit, checks } });
  app.use(express.json());
  app.use('/payments', withKey(paymentsKey), paymentsRouter(desk));
  app.use(notFound);
  app.use(errorMetrics<Request>({ registry }));
  app.use(answerError);
  interceptRoutes(app, seams.request);
  return { app, observed };
}
