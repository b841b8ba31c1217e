/** The pack of the shipped example: two services of an online classroom. Most of it is what an empty config means too. */
import { defineConfig } from 'telltale/generate';
import { classroomModel } from './examples/api/business-model.ts';
import { paymentsModel } from './examples/payments/business-model.ts';

export default defineConfig({
  environment: 'production',

  services: [
    {
      name: 'api',
      url: 'http://host.docker.internal:3000',
      team: 'classroom',
      database: true,
      redis: true,
    },
    {
      name: 'payments',
      url: 'http://host.docker.internal:3001',
      team: 'payments',
      // The database of `api`: its exporter is scraped once, and its failures mute the symptoms of both.
      database: { owner: 'api' },
    },
  ],

  objectives: {
    slos: [
      { name: 'availability', kind: 'availability', objectiveRatio: 0.999 },
      { name: 'latency', kind: 'latency', objectiveRatio: 0.99, thresholdSeconds: 0.5 },
    ],
  },

  // Any number of the 15 alerts, by name; the rule, the line on the panel and the runbook page all follow.
  alerts: {
    HighErrorRate: { threshold: 0.05, for: '5m' },
    BackupStale: { maxAgeHours: 26 },
  },

  // The declarations that the services record by.
  business: [...Object.values(classroomModel), ...Object.values(paymentsModel)],
});
