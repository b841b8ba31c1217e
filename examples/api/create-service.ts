/** Puts the api together: connections, caches, jobs, metrics and the app. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  healthEndpoints,
  httpCheck,
  instrumentCache,
  instrumentPool,
  observeQueue,
  outboundMetrics,
  postgresCheck,
  runtimeMetrics,
} from 'telltale';
import { register, type Registry } from 'prom-client';
import { createSeams } from '../faults/create-seams.ts';
import { connectDatabase, untilConnected } from '../service/database.ts';
import type { Service } from '../service/service.ts';
import type { ApiSettings } from '../service/settings.ts';
import { createApp } from './app.ts';
import { schoolMetrics } from './business.ts';
import { createContentCache } from './cache/content-cache.ts';
import { memoryStore } from './cache/memory-store.ts';
import { redisStore } from './cache/redis-store.ts';
import { createLiveCourses } from './content/live-courses.ts';
import { createClassroom } from './database/schema.ts';
import { allJobs } from './jobs/all-jobs.ts';
import { readGradingQueue } from './jobs/grading.ts';
import { createSchedule } from './jobs/schedule.ts';
import { createPaymentsClient } from './payments/payments-client.ts';
import { createSignIn } from './users/sign-in.ts';

/** Opens no database connection and starts no job before `prepare()`, so that a test can look at its routes. */
export function createApiService(settings: ApiSettings, registry: Registry = register): Service {
  const seams = createSeams();
  const { databaseUrl: url, maxConnections, redisUrl, paymentsUrl, paymentsKey, jobEveryMillis } = settings;
  const database = connectDatabase({ url, schema: 'classroom', maxConnections, beforeQuery: () => seams.query.run() });
  const store = redisUrl === undefined ? memoryStore(registry) : redisStore(redisUrl, registry);
  const payments = createPaymentsClient({ url: paymentsUrl, key: paymentsKey });
  const { signedIn, sessions } = createSignIn(database);
  const live = createLiveCourses();
  const school = schoolMetrics(registry);
  const uploads = mkdtempSync(join(tmpdir(), 'classroom-uploads-'));
  const cache = createContentCache(store, seams.cacheRead);
  const classroom = { database, cache, payments, live, happenings: school, signedIn, uploads };
  const schedule = createSchedule(
    allJobs({ ...school, database, registry, everyMillis: jobEveryMillis, beforeJob: seams.job }),
  );

  instrumentPool(database.pool, { name: 'classroom', registry });
  instrumentCache(sessions, { name: 'sessions', registry });
  observeQueue('grading', () => readGradingQueue(database.query), { registry });
  const runtime = runtimeMetrics({ registry });
  const outbound = outboundMetrics({ registry, dependencies: { payments: new URL(paymentsUrl).host } });
  const health = healthEndpoints({
    registry,
    version: settings.version,
    commit: settings.commit,
    checks: {
      database: postgresCheck(database.pool),
      // Without these the classroom is slower, or sells nothing: an instance that is taken out would make neither better.
      ...(store.check && { redis: { check: store.check, critical: false } }),
      payments: { check: httpCheck(new URL('/health', paymentsUrl)), critical: false },
    },
  });

  return {
    name: 'api',
    app: createApp({ classroom, registry, health, seams }),
    faultTarget: {
      seams,
      pool: database.pool,
      cache: store,
      consumer: {
        pause: () => schedule.pause('grade-assignments'),
        resume: () => schedule.resume('grade-assignments'),
      },
    },
    prepare: async () => {
      await untilConnected(database.pool);
      await createClassroom(database.pool);
      schedule.start();
    },
    drain: () => {
      health.draining();
      live.close();
    },
    lastSteps: {
      jobs: () => schedule.stop(),
      measuring: () => {
        for (const measured of [runtime, outbound, health]) measured.dispose();
      },
      database: () => database.close(),
      cache: () => store.close(),
      uploads: () => rmSync(uploads, { recursive: true, force: true }),
    },
  };
}
