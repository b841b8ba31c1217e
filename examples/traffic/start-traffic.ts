/**
 * Starts visitors at a given rate, whether or not those before them have been served: as on a real site. The first ones
 * go through every visit and every misbehaviour once, in order; those who follow choose by weight.
 */
import { setMaxListeners } from 'node:events';
import { Agent } from 'node:http';
import { allVisits } from './all-visits.ts';
import { misbehaviours } from './misbehaviours.ts';
import { shareOfPeak, type TrafficPattern, startOfTraffic } from './pattern.ts';
import { send } from './send.ts';
import type { Visit } from './visit.ts';
import { weightedChoice } from './weighted-choice.ts';
import { createWorld } from './world.ts';

export interface TrafficOptions {
  /** Base URL of the api. */
  readonly api: string;
  /** Base URL of payments. */
  readonly payments: string;
  /** At the busiest time. @default 20 */
  readonly requestsPerSecond?: number;
  /** @default 'steady' */
  readonly pattern?: TrafficPattern;
  /** How long a day of the pattern takes. @default 600000 */
  readonly dayMillis?: number;
  /** Visitors at a time; one more is turned away. @default 100 */
  readonly maxConcurrent?: number;
  /** @default 'not-a-secret' */
  readonly paymentsKey?: string;
}

export interface TrafficStats {
  readonly started: number;
  /** Visitors who were turned away because too many were there. */
  readonly skipped: number;
  /** Visits that got no answer. */
  readonly failed: number;
  readonly byStatus: Readonly<Record<string, number>>;
}

export interface Traffic {
  stats(): TrafficStats;
  /** Sends the visitors home; resolves when the last one has gone. */
  stop(): Promise<void>;
}

const tickMillis = 50;
/** Share of visitors who misbehave. */
const misbehavingShare = 0.06;

export function startTraffic(options: TrafficOptions): Traffic {
  const { requestsPerSecond = 20, pattern = 'steady', dayMillis = 600_000, maxConcurrent = 100 } = options;
  const visitors = createVisitors(options);
  const present = new Set<Promise<void>>();
  const counts = { started: 0, skipped: 0 };
  const startedAt = performance.now();
  let owed = 0;
  const arrive = (): void => {
    if (present.size >= maxConcurrent) {
      counts.skipped += 1;
      return;
    }
    counts.started += 1;
    const visit = visitors.next().finally(() => present.delete(visit));
    present.add(visit);
  };
  const timer = setInterval(() => {
    const timeOfDay = (startOfTraffic + (performance.now() - startedAt) / dayMillis) % 1;
    owed += (requestsPerSecond * shareOfPeak(pattern, timeOfDay) * tickMillis) / 1_000;
    for (; owed >= 1; owed -= 1) arrive();
  }, tickMillis);
  return {
    stats: () => ({ ...counts, failed: visitors.failed(), byStatus: Object.fromEntries(visitors.byStatus) }),
    stop: async () => {
      clearInterval(timer);
      visitors.sendHome();
      await Promise.all(present);
    },
  };
}

interface Visitors {
  /** One visitor comes and goes; never rejects. */
  next(): Promise<void>;
  sendHome(): void;
  failed(): number;
  readonly byStatus: ReadonlyMap<string, number>;
}

function createVisitors({ api, payments, paymentsKey = 'not-a-secret' }: TrafficOptions): Visitors {
  const bases = { api: new URL(api), payments: new URL(payments) } as const;
  const world = createWorld();
  const agent = new Agent({ keepAlive: true });
  const home = new AbortController();
  setMaxListeners(0, home.signal);
  const byStatus = new Map<string, number>();
  let failed = 0;
  const nextVisit = weightedChoice(allVisits);
  const nextMisbehaviour = weightedChoice(misbehaviours);
  const tour = [...misbehaviours, ...allVisits].values();
  const visit = async (chosen: Visit): Promise<void> => {
    const planned = chosen.plan(world);
    const method = planned.method ?? chosen.route?.split(' ')[0] ?? 'GET';
    const base = bases[chosen.to];
    const { status, body } = await send(
      { ...planned, method },
      { base, agent, paymentsKey, world, signal: home.signal },
    );
    byStatus.set(String(status), (byStatus.get(String(status)) ?? 0) + 1);
    if (status < 300) chosen.learn?.(world, body);
  };
  return {
    byStatus,
    failed: () => failed,
    sendHome: () => {
      home.abort();
      agent.destroy();
    },
    next: async () => {
      const chosen = tour.next().value ?? (world.chance(misbehavingShare) ? nextMisbehaviour() : nextVisit());
      try {
        await ('run' in chosen ? chosen.run(bases.api, world, home.signal) : visit(chosen));
      } catch {
        if (!home.signal.aborted) failed += 1;
      }
    },
  };
}
