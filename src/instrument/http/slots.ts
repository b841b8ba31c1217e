/** Where requests are counted: route -> method -> status -> counts. Found by index, so that recording makes no keys. */
import { httpMethod, statusCode } from '../../catalog/labels.ts';
import { overflowTemplate, type ResolvedRoute, unmatched } from '../../routes/resolved-route.ts';
import type { Count, CountedCounter } from '../metrics/counted-counter.ts';
import type { CountedHistogram, Counts } from '../metrics/counted-histogram.ts';
import type { OwnLabels } from './labels.ts';

export type Method = (typeof httpMethod.values)[number];

/** What is counted for one route and method. */
export interface Slot {
  readonly route: string;
  readonly method: Method;
  readonly isOverflow: boolean;
  /** Of the status seen last, the others behind it: a route has a few. Arrays would begin with room for 17. */
  durations: CodeDurations | undefined;
  readonly responseSizes: Counts;
  readonly requestSizes: Counts;
  readonly abortedBeforeHeaders: Count;
  readonly abortedMidStream: Count;
}

interface CodeDurations {
  /** The status, and the user's own labels. */
  readonly code: number;
  readonly counts: Counts;
  readonly next: CodeDurations | undefined;
}

/** By the index of the method. */
type SlotsByMethod = (Slot | undefined)[];

export type SeriesSource = Pick<CountedHistogram, 'addSeries'>;

export interface SlotHistograms {
  readonly duration: SeriesSource;
  readonly responseSize: SeriesSource;
  readonly requestSize: SeriesSource;
}

export interface SlotTableOptions {
  readonly histograms: SlotHistograms;
  readonly aborted: CountedCounter;
  readonly routeCap: number;
  readonly ownLabels: OwnLabels | undefined;
}

const methodIndex: Readonly<Record<string, number>> = Object.assign(
  Object.create(null),
  Object.fromEntries(httpMethod.values.map((method, index) => [method, index])),
);
/** Of exactly this length: an array that grows leaves room for more. */
const noSlots: readonly undefined[] = httpMethod.values.map(() => undefined);
/** What is above every status: series are found by `status + combination * perCombination`. */
const perCombination = 1_024;
/** Stands for every status past the cap on distinct ones. */
const pastStatusCap = perCombination - 1;
const otherMethod = httpMethod.values.indexOf('other');

export class SlotTable {
  readonly #key = Symbol('telltale.slots');
  readonly #routes = new Map<string, SlotsByMethod>();
  readonly #statuses = new Set<number>();
  readonly #histograms: SlotHistograms;
  readonly #routeCap: number;
  readonly #ownLabels: OwnLabels | undefined;
  readonly #aborted: CountedCounter;

  constructor({ histograms, aborted, routeCap, ownLabels }: SlotTableOptions) {
    this.#histograms = histograms;
    this.#aborted = aborted;
    this.#routeCap = routeCap;
    this.#ownLabels = ownLabels;
  }

  /** The slot of a route and method, made on first sight. */
  slotFor(route: ResolvedRoute, method: string | undefined): Slot {
    const slots =
      (route as unknown as Readonly<Record<symbol, SlotsByMethod | undefined>>)[this.#key] ?? this.#slotsOf(route);
    const index = methodIndex[method ?? ''] ?? otherMethod;
    return slots[index] ?? this.#addSlot(route, slots, index);
  }

  /**
   * The duration series of a status, made on first sight.
   * @param combination Of the user's own labels.
   */
  durationsOf(slot: Slot, status: number, combination: number): Counts {
    const code = status + combination * perCombination;
    for (let each = slot.durations; each !== undefined; each = each.next) {
      if (each.code === code) return each.counts;
    }
    return this.#addSeries(slot, status, combination);
  }

  /** The template, or `overflow` past the cap. */
  within(template: string): string {
    if (!this.#hasRoomFor(template)) return overflowTemplate;
    if (!this.#routes.has(template)) this.#routes.set(template, [...noSlots]);
    return template;
  }

  /** Kept on the route object where it can be extended: the shared `unmatched` is frozen. */
  #slotsOf(route: ResolvedRoute): SlotsByMethod {
    const template = this.within(route.template);
    const slots = this.#routes.get(template) ?? [...noSlots];
    this.#routes.set(template, slots);
    if (Object.isExtensible(route)) Object.defineProperty(route, this.#key, { value: slots });
    return slots;
  }

  /** `unmatched` and `overflow` do not count: they are always there. */
  #hasRoomFor(template: string): boolean {
    if (template === unmatched.template || this.#routes.has(template)) return true;
    const always = [unmatched.template, overflowTemplate].filter((known) => this.#routes.has(known)).length;
    return this.#routes.size - always < this.#routeCap;
  }

  #addSlot(route: ResolvedRoute, slots: SlotsByMethod, index: number): Slot {
    const isOverflow = slots === this.#routes.get(overflowTemplate);
    const template = isOverflow ? overflowTemplate : route.template;
    const labels = { method: httpMethod.values[index] ?? 'other', route: template };
    const slot: Slot = {
      method: labels.method,
      route: labels.route,
      isOverflow,
      durations: undefined,
      responseSizes: this.#histograms.responseSize.addSeries(labels),
      requestSizes: this.#histograms.requestSize.addSeries(labels),
      abortedBeforeHeaders: this.#aborted.addSeries({
        method: labels.method,
        route: labels.route,
        phase: 'before_headers',
      }),
      abortedMidStream: this.#aborted.addSeries({
        method: labels.method,
        route: labels.route,
        phase: 'mid_stream',
      }),
    };
    slots[index] = slot;
    return slot;
  }

  #addSeries(slot: Slot, status: number, combination: number): Counts {
    const known = this.#statuses.has(status) || this.#statuses.size < statusCode.cap;
    if (!known && status !== pastStatusCap) return this.durationsOf(slot, pastStatusCap, combination);
    if (known) this.#statuses.add(status);
    const { method, route } = slot;
    const labels = { method, route, status_code: known ? String(status) : overflowTemplate };
    const own = this.#ownLabels?.labelsOf(combination);
    const counts = this.#histograms.duration.addSeries(own === undefined ? labels : { ...labels, ...own });
    slot.durations = { code: status + combination * perCombination, counts, next: slot.durations };
    return counts;
  }
}
