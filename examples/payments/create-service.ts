/** Puts payments together. */
import { instrumentPool } from 'telltale';
import { register, type Registry } from 'prom-client';
import { createSeams } from '../faults/create-seams.ts';
import { connectDatabase, untilConnected } from '../service/database.ts';
import type { Service } from '../service/service.ts';
import type { ServiceSettings } from '../service/settings.ts';
import { createApp } from './app.ts';
import { paymentMetrics } from './business.ts';
import { createCardNetwork } from './card-network.ts';
import { createPayments } from './schema.ts';

/** Opens no database connection before `prepare()`, so that a test can look at its routes. */
export function createPaymentsService(settings: ServiceSettings, registry: Registry = register): Service {
  const seams = createSeams();
  const { databaseUrl: url, maxConnections } = settings;
  const database = connectDatabase({ url, schema: 'payments', maxConnections, beforeQuery: () => seams.query.run() });
  instrumentPool(database.pool, { name: 'payments', registry });
  const desk = { database, cards: createCardNetwork(seams.charge), happenings: paymentMetrics(registry) };
  const { app, observed } = createApp({ desk, settings, registry, seams });
  return {
    name: 'payments',
    app,
    faultTarget: { seams, pool: database.pool },
    prepare: async () => {
      await untilConnected(database.pool);
      await createPayments(database.pool);
    },
    drain: () => observed.draining(),
    lastSteps: {
      measuring: () => observed.dispose(),
      database: () => database.close(),
    },
  };
}
