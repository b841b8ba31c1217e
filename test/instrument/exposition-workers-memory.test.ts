import { describe, expect, test } from 'vitest';
import { WorkersMemory } from '../../src/instrument/exposition/workers-memory.ts';
import type { MetricJson } from '../../src/instrument/exposition/workers-message.ts';

type Metrics = readonly MetricJson[];

const jobs = (value: number): Metrics => [
  { name: 'jobs_total', type: 'counter', aggregator: 'sum', values: [{ value, labels: {} }] },
];
const silent = (value: number): Metrics => [
  { name: 'silent', type: 'gauge', aggregator: 'sum', values: [{ value, labels: {} }] },
];
const nothing = { page: [], own: [], answers: new Map<number, Metrics>(), handedIn: new Set<number>(), alive: [] };

function valuesOf(metrics: Metrics): unknown {
  return metrics.map(({ name, values }) => [name, ...values.map((each) => (each as { value: number }).value)]);
}

describe('WorkersMemory', () => {
  test('takes what a worker handed in during a scrape for newer than its answer', () => {
    const memory = new WorkersMemory('silent');
    memory.handIn(1, jobs(5));
    memory.aggregate({ ...nothing, answers: new Map([[1, jobs(3)]]), handedIn: new Set([1]), alive: [1] });
    expect(valuesOf(memory.aggregate(nothing))).toEqual([['jobs_total', 5]]);
  });

  test('takes an answer for newer than what was handed in before the scrape', () => {
    const memory = new WorkersMemory('silent');
    memory.handIn(1, jobs(5));
    memory.aggregate({ ...nothing, answers: new Map([[1, jobs(7)]]), alive: [1] });
    expect(valuesOf(memory.aggregate({ ...nothing, alive: [1] }))).toEqual([['jobs_total', 7]]);
  });

  test('adds up many that are no more, each once', () => {
    const memory = new WorkersMemory('silent');
    for (let id = 1; id <= 50; id += 1) {
      memory.handIn(id, jobs(1));
      memory.bury([]);
    }
    expect([valuesOf(memory.aggregate(nothing)), valuesOf(memory.aggregate(nothing))]).toEqual([
      [['jobs_total', 50]],
      [['jobs_total', 50]],
    ]);
  });

  test('adds up who is silent among the workers of workers', () => {
    const memory = new WorkersMemory('silent');
    const answers = new Map([[1, silent(2)]]);
    expect(valuesOf(memory.aggregate({ ...nothing, page: silent(1), own: silent(4), answers, alive: [1] }))).toEqual([
      ['silent', 7],
    ]);
  });
});
