/** The pack of the shipped example: two services of an online classroom. Most of it is what an empty config means too. */
import { defineConfig, defineMetric } from 'telltale/generate';

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

  business: [
    defineMetric({
      name: 'active_users',
      kind: 'gauge',
      help: 'Users seen in the last five minutes.',
      // Every instance counts the users of the whole service.
      aggregation: 'max',
    }),
    defineMetric({
      name: 'content_created_total',
      kind: 'counter',
      help: 'Pieces of content created.',
      // Any other kind is recorded as `other`.
      labels: { kind: ['course', 'lesson', 'assignment', 'comment'] },
      title: 'Content created',
    }),
    defineMetric({
      name: 'assignments_completed_total',
      kind: 'counter',
      help: 'Assignments handed in.',
      title: 'Assignments completed',
    }),
    defineMetric({
      name: 'payments_total',
      kind: 'counter',
      help: 'Payments by how they ended.',
      labels: { status: { values: ['succeeded', 'failed'] } },
    }),
    defineMetric({
      name: 'revenue_total',
      kind: 'counter',
      unit: 'currency',
      help: 'Revenue in major units of the currency: a trend for operators, not a ledger.',
      labels: { currency: { cap: 20, from: 'ISO 4217 codes, lower case' } },
      watched: false,
    }),
  ],
});
