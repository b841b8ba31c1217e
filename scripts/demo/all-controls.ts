/** What the buttons of the demo break: which fault, how hard, and what there is to see of it. Tuned by time-controls.ts. */
import type { ServiceName } from '../../examples/faults/fault.ts';
import type { AlertKnobs, AlertName } from '../../src/objectives/alert-knobs.ts';

/** Alerts that wait before they fire: the demo shortens that. */
export type WaitingAlert = {
  [A in AlertName]: AlertKnobs[A] extends { readonly for: unknown } ? A : never;
}[AlertName];

/** A fault of the service, or its end. */
export type Cause = { readonly fault: string; readonly settings: Readonly<Record<string, number>> } | 'kill';

export interface DemoControl {
  readonly name: string;
  readonly title: string;
  /** What goes wrong, for somebody who sees only the page. */
  readonly describes: string;
  readonly service: ServiceName;
  readonly cause: Cause;
  /** Fire within about a minute, whenever it is switched on. */
  readonly alerts: readonly WaitingAlert[];
  /** Titles of panels that move, by dashboard uid. */
  readonly shows: Readonly<Record<string, readonly string[]>>;
}

export const allControls: readonly DemoControl[] = [
  {
    name: 'errors',
    title: 'Failing requests',
    describes:
      'Handlers of api throw: three of five requests are answered with a 500. Alerts on the error budget follow, and stay longer: they look back for hours.',
    service: 'api',
    cause: { fault: 'errors', settings: { share: 0.6 } },
    alerts: ['HighErrorRate'],
    shows: {
      'telltale-api': ['Error ratio', 'Error budget left'],
      'telltale-errors': ['Server errors by status', 'Errors by type', 'Endpoints with the most server errors'],
    },
  },
  {
    name: 'slow-queries',
    title: 'Slow queries',
    describes: 'Half of the statements of api sleep in the database for 0.6 s before they run, and hold a connection.',
    service: 'api',
    cause: { fault: 'slow-queries', settings: { millis: 600, share: 0.5 } },
    alerts: ['DatabaseQueriesSlow'],
    shows: {
      'telltale-database': ['Query time', 'Slow queries', 'Pool in use'],
      'telltale-api': ['Response time'],
    },
  },
  {
    name: 'block-event-loop',
    title: 'Blocked event loop',
    describes: 'The process of api computes for 0.4 s without a pause, again and again: meanwhile every request waits.',
    service: 'api',
    cause: { fault: 'block-event-loop', settings: { millis: 400, everyMillis: 800 } },
    alerts: ['EventLoopLagHigh'],
    shows: { 'telltale-infrastructure': ['Event loop lag', 'Event loop and processor use'] },
  },
  {
    name: 'pool-exhaustion',
    title: 'Leaked database connections',
    describes:
      'Nine of the ten database connections of api are taken and not given back. Nothing fails yet: the alert comes first.',
    service: 'api',
    cause: { fault: 'pool-exhaustion', settings: { leave: 1 } },
    alerts: ['DatabaseConnectionsHigh'],
    shows: { 'telltale-database': ['Pool in use', 'Connections of pools'] },
  },
  {
    name: 'cache-off',
    title: 'Cache without hits',
    describes:
      'Each key is deleted before it is read, so that every read of api goes to the database. No alert: nothing fails, the database only works more.',
    service: 'api',
    cause: { fault: 'cache-off', settings: {} },
    alerts: [],
    shows: { 'telltale-database': ['Cache hit ratios', 'Query time by operation'] },
  },
  {
    name: 'kill-payments',
    title: 'Kill payments',
    describes:
      'The process of payments is killed and stays away until this is switched off. What api asks of it fails.',
    service: 'payments',
    cause: 'kill',
    alerts: ['ServiceDown', 'HealthCheckFailing'],
    shows: {
      'telltale-infrastructure': ['Targets down', 'Targets up'],
      'telltale-api': ['Failing availability probes', 'Failing calls to dependencies'],
      'telltale-business': ['Payments per hour', 'Revenue per hour'],
    },
  },
];
