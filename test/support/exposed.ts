/** What a registry exposes, and how that of another recorder differs: what a dashboard would notice, and nothing else. */
import { collectDefaultMetrics, Registry } from 'prom-client';
import { parseExposition, type Sample } from './exposition.ts';

export interface Exposed {
  readonly metrics: ReadonlyMap<string, Shape>;
  /** Without what depends on time. */
  readonly samples: readonly Sample[];
}

interface Shape {
  readonly type: string;
  readonly labels: readonly string[];
  readonly bounds: readonly string[];
}

/** Series that only one of the two exposes, or exposes at another value: `GET /users/:id 200: 1`. */
export interface Difference {
  readonly theirs: readonly string[];
  readonly ours: readonly string[];
}

export interface Comparison {
  /** Metrics of theirs that ours has not, or has of another type, with other labels or without one of the bounds. */
  readonly lostMetrics: readonly string[];
  /** By name of the series, buckets left out; only where there are any. */
  readonly differences: Readonly<Record<string, Difference>>;
  /** Buckets of theirs that ours has at another value, of series whose count and sum are equal. */
  readonly otherBuckets: readonly string[];
}

/** Several differences, each with a reason of its own, as one. */
export function together(...differences: readonly Difference[]): Difference {
  return {
    theirs: differences.flatMap(({ theirs }) => theirs).toSorted(),
    ours: differences.flatMap(({ ours }) => ours).toSorted(),
  };
}

/** All but what prom-client exposes of every process. */
export async function exposedBy(registry: Registry): Promise<Exposed> {
  const defaults = new Registry();
  collectDefaultMetrics({ register: defaults });
  const text = await registry.metrics();
  const all = parseExposition(text);
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)]
    .map(([, name = '', type = '']) => ({ name, type }))
    .filter(({ name }) => defaults.getSingleMetric(name) === undefined);
  const metrics = types.map(({ name, type }) => {
    const own = all.filter((sample) => seriesOf(name, type).includes(sample.name));
    return { name, shape: shapeOf(type, own), samples: own };
  });
  return {
    metrics: new Map(metrics.map(({ name, shape }) => [name, shape])),
    samples: metrics.flatMap(({ samples }) => samples).filter(({ name }) => !/_seconds_(?:bucket|sum)$/.test(name)),
  };
}

export function compareExposed(theirs: Exposed, ours: Exposed): Comparison {
  const lost = [...theirs.metrics].filter(([name, shape]) => !includes(ours.metrics.get(name), shape));
  const lostMetrics = lost.map(([name]) => name).toSorted();
  const names = new Set(theirs.samples.map(({ name }) => name));
  const compared = [...names].filter((name) => !lostMetrics.includes(name) && !name.endsWith('_bucket'));
  const differences = compared.map((name) => [name, differenceOf(name, theirs, ours)] as const);
  return {
    lostMetrics,
    differences: Object.fromEntries(differences.filter(([, each]) => each.theirs.length + each.ours.length > 0)),
    otherBuckets: otherBuckets(theirs, ours),
  };
}

function seriesOf(name: string, type: string): string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}

function shapeOf(type: string, samples: readonly Sample[]): Shape {
  const labels = new Set(samples.flatMap((sample) => Object.keys(sample.labels)));
  const bounds = new Set(samples.flatMap(({ labels }) => labels['le'] ?? []));
  return { type, labels: [...labels].filter((label) => label !== 'le').toSorted(), bounds: [...bounds] };
}

function includes(ours: Shape | undefined, theirs: Shape): boolean {
  if (ours === undefined || ours.type !== theirs.type) return false;
  return ours.labels.join() === theirs.labels.join() && theirs.bounds.every((bound) => ours.bounds.includes(bound));
}

function differenceOf(name: string, theirs: Exposed, ours: Exposed): Difference {
  const [left, right] = [theirs, ours].map(({ samples }) => samples.filter((sample) => sample.name === name).map(show));
  return together({
    theirs: left?.filter((each) => right?.includes(each) !== true) ?? [],
    ours: right?.filter((each) => left?.includes(each) !== true) ?? [],
  });
}

function otherBuckets(theirs: Exposed, ours: Exposed): readonly string[] {
  const ourTexts = new Set(ours.samples.map((sample) => sample.name + show(sample)));
  const isShared = (sample: Sample): boolean => ourTexts.has(sample.name + show(sample));
  return theirs.samples
    .filter(({ name, labels }) => {
      if (!name.endsWith('_bucket')) return false;
      const { le: _le, ...own } = labels;
      const totals = ['_count', '_sum'].map((suffix) => name.replace(/_bucket$/, suffix));
      const theirTotals = theirs.samples.filter(
        (sample) => totals.includes(sample.name) && keyOf(sample.labels) === keyOf(own),
      );
      return theirTotals.length === totals.length && theirTotals.every(isShared);
    })
    .filter((bucket) => !isShared(bucket))
    .map((bucket) => `${bucket.name} ${show(bucket)}`);
}

/** Label values in the order of their names, and the value. */
function show({ labels, value }: Sample): string {
  return `${keyOf(labels)}: ${value}`;
}

function keyOf(labels: Sample['labels']): string {
  const names = Object.keys(labels).toSorted();
  return names.map((name) => labels[name]).join(' ');
}
