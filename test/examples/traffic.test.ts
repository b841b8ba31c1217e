import { Registry } from 'prom-client';
import { listRoutes } from 'telltale';
import { afterAll, describe, expect, it } from 'vitest';
import { createApiService } from '../../examples/api/create-service.ts';
import { createPaymentsService } from '../../examples/payments/create-service.ts';
import { allVisits } from '../../examples/traffic/all-visits.ts';
import { misbehaviours } from '../../examples/traffic/misbehaviours.ts';
import { shareOfPeak } from '../../examples/traffic/pattern.ts';
import { createWorld } from '../../examples/traffic/world.ts';
import { weightedChoice } from '../../examples/traffic/weighted-choice.ts';
import type { Target } from '../../examples/traffic/visit.ts';
import { closeService } from './close-service.ts';
import { settingsForTests } from './settings-for-tests.ts';

const services = {
  api: createApiService(settingsForTests, new Registry()),
  payments: createPaymentsService(settingsForTests, new Registry()),
} as const;

/** What the metrics leave out: scrapes and probes. */
const notTraffic = /^GET \/(metrics|health|ready)$/;

afterAll(async () => {
  await Promise.all(Object.values(services).map(closeService));
});

function registeredRoutes(target: Target): readonly string[] {
  return listRoutes(services[target].app)
    .map(({ method, route }) => `${method} ${route}`)
    .filter((route) => !notTraffic.test(route));
}

function visitedRoutes(target: Target): readonly string[] {
  const visits = allVisits.filter(({ to }) => to === target);
  return [...visits, ...(target === 'api' ? misbehaviours : [])].flatMap(({ route }) => route ?? []);
}

describe('allVisits', () => {
  it.each(['api', 'payments'] as const)('cover every route of %s, and name no other', (target) => {
    expect(new Set(visitedRoutes(target))).toEqual(new Set(registeredRoutes(target)));
  });

  it('plan requests for paths, whatever has been remembered', () => {
    const world = createWorld();
    for (const visit of allVisits) expect(visit.plan(world).path).toMatch(/^\/\S*$/);
  });
});

describe('shareOfPeak()', () => {
  const hours = Array.from({ length: 24 }, (_, hour) => shareOfPeak('daily', hour / 24));

  it('is busy in the morning and quiet at night', () => {
    expect(hours[10]).toBeGreaterThan(0.9);
    expect(hours[3]).toBeLessThan(0.2);
  });

  it('is a share of the peak at any time', () => {
    expect(Math.min(...hours)).toBeGreaterThan(0);
    expect(Math.max(...hours)).toBeLessThanOrEqual(1);
  });

  it('goes up and down when gentle, but stays near the peak', () => {
    const shares = Array.from({ length: 96 }, (_, quarter) => shareOfPeak('gentle', quarter / 96));
    expect(Math.min(...shares)).toBeCloseTo(0.7);
    expect(Math.max(...shares)).toBe(1);
  });

  it('is the peak all day when steady', () => {
    expect(shareOfPeak('steady', 0.1)).toBe(1);
  });
});

describe('weightedChoice()', () => {
  it('chooses in proportion to the weights', () => {
    const random = [0, 0.24, 0.26, 0.99].values();
    const choose = weightedChoice(
      [
        { name: 'rare', weight: 1 },
        { name: 'usual', weight: 3 },
      ],
      () => random.next().value ?? 0,
    );
    expect([choose(), choose(), choose(), choose()].map(({ name }) => name)).toEqual([
      'rare',
      'rare',
      'usual',
      'usual',
    ]);
  });
});
