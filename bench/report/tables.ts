/** The tables of a run: the bars, then what each contestant took. */
import { allContestants } from '../contestants.ts';
import type { AllocationResult, HeldBytes, Results } from '../results.ts';
import type { Estimate } from '../statistics.ts';
import { allBars } from './bars.ts';
import { dropInsTable } from './drop-ins.ts';
import { figure, withInterval } from './figures.ts';
import { runtimeTable } from './runtime.ts';
import type { Table } from './text-table.ts';

export function reportTables(results: Results): readonly Table[] {
  return [
    barsTable(results),
    isolatedTable(results),
    allocationsTable(results),
    cpuTable(results),
    scrapeTable(results),
    startUpTable(results),
    runtimeTable(results),
    dropInsTable(results),
  ];
}

export function barsTable(results: Results): Table {
  const rows = allBars.map(({ title, measured, isMet }) => [
    title,
    measured(results),
    isMet(results) ? 'met' : 'NOT met',
  ]);
  return { title: 'Bars', rows: [['bar', 'measured', ''], ...rows] };
}

/** The baseline itself is left out: it adds nothing to itself. */
const compared = allContestants.filter(({ id }) => id !== 'bare');

function isolatedTable({ isolated }: Results): Table {
  const ours = isolated.get('telltale')?.nanos.median ?? Number.NaN;
  const rows = compared.flatMap(({ id, title }) => {
    const nanos = isolated.get(id)?.nanos;
    if (nanos === undefined) return [[title, 'no middleware to call', '']];
    const times = id.startsWith('bare') ? '' : figure(nanos.median / ours);
    return [[title, withInterval(nanos, 1_000), times]];
  });
  return {
    title: 'Middleware in isolation',
    rows: [['added per request', 'us (95 % interval)', 'times ours'], ...rows],
  };
}

function allocationsTable({ allocations }: Results): Table {
  const columns: readonly (readonly [string, keyof AllocationResult])[] = [
    ['bytes allocated', 'bytesAllocated'],
    ['closures in flight', 'closuresInFlight'],
    ['objects in flight', 'objectsInFlight'],
    ['closures retained', 'closuresRetained'],
    ['objects retained', 'objectsRetained'],
    ['bytes retained', 'bytesRetained'],
  ];
  const rows = compared.flatMap(({ id, title }) => {
    const counts = allocations.get(id);
    return counts === undefined ? [] : [[title, ...columns.map(([, key]) => figure(counts[key]))]];
  });
  return { title: 'Allocations', rows: [['added per request', ...columns.map(([head]) => head)], ...rows] };
}

function cpuTable({ cpu }: Results): Table {
  const rows = allContestants.map(({ id, title }) => {
    const result = cpu.byContestant.get(id);
    const added = id === 'bare' || result === undefined ? '' : withInterval(result.addedMicros);
    return [title, figure(result?.totalMicros ?? Number.NaN), added];
  });
  return {
    title: 'CPU time of a real server',
    rows: [['per request', 'us', 'us added to bare (95 % interval)'], ...rows],
    note: `${cpu.pairs} pairs; a difference of ${figure(cpu.detectableMicros)} us would have been seen in 80 % of runs.`,
  };
}

function scrapeTable({ scrape }: Results): Table {
  const { ours, client } = scrape.bytesPerLabelSet;
  const rows: readonly (readonly [string, Estimate, HeldBytes | undefined])[] = [
    ['metricsEndpoint()', scrape.oursMillis, ours],
    ['registry.metrics() of the same registry', scrape.sameRegistryMillis, undefined],
    ['registry.metrics() of prom-client alone', scrape.clientMillis, client],
  ];
  return {
    title: `Scrape of ${scrape.lines} lines, ${scrape.labelSets} label sets`,
    rows: [
      ['text from', 'ms (95 % interval)', 'bytes per label set', 'once scraped'],
      ...rows.map(([title, millis, held]) => [title, withInterval(millis), ...heldColumns(held)]),
    ],
  };
}

function heldColumns(held: HeldBytes | undefined): readonly string[] {
  return held === undefined ? ['', ''] : [figure(held.beforeScrape), figure(held.afterScrape)];
}

function startUpTable({ startUp }: Results): Table {
  return {
    title: 'Start-up, each time in a new process',
    rows: [
      ['', 'ms (95 % interval)'],
      ["import 'telltale'", withInterval(startUp.importMillis)],
      ['telltale generate', withInterval(startUp.generateMillis)],
    ],
  };
}
