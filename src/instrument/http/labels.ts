/** Labels of the user's own on the duration of requests: declared with their values, so that no request can add series. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpCatalog } from '../../catalog/http.ts';
import { labelName, type Naming } from '../../catalog/naming.ts';
import { labelShape, reservedLabels } from '../../catalog/naming-problems.ts';
import { TelltaleError } from '../../errors.ts';

export interface HttpLabel {
  /** Every value that is recorded as it is; whatever else is recorded as `other`. At most 50. */
  readonly values: readonly string[];
  /**
   * Called once per request, when it is over; what it says of a request that the client has left counts too. Undefined is
   * `other`. Should it throw, or give anything but a text, that is `other` and counted in `telltale_label_errors_total`.
   * @example (request) => (request as express.Request).user?.plan
   */
  readonly of: (request: IncomingMessage, response: ServerResponse) => string | undefined;
}

export type HttpLabels = Readonly<Record<string, HttpLabel>>;

const other = 'other';
const maxValues = 50;
const maxCombinations = 200;

interface OwnLabel {
  readonly name: string;
  /** `other` first: a sum over indexes of 0 is then the combination of which nothing is known. */
  readonly values: readonly string[];
  readonly of: HttpLabel['of'];
}

/** Combinations of values are numbers from 0: no labels are built while a request is recorded. */
export class OwnLabels {
  readonly names: readonly string[];
  readonly #labels: readonly OwnLabel[];
  readonly #onFailure: (error: unknown) => void;

  constructor(labels: HttpLabels, onFailure: (error: unknown) => void) {
    this.names = Object.keys(labels);
    this.#onFailure = onFailure;
    this.#labels = Object.entries(labels).map(([name, { values, of }]) => ({
      name,
      of,
      values: [other, ...values],
    }));
  }

  combinationOf(request: IncomingMessage, response: ServerResponse): number {
    let combination = 0;
    for (const label of this.#labels) {
      combination = combination * label.values.length + this.#indexOf(label, request, response);
    }
    return combination;
  }

  labelsOf(combination: number): Readonly<Record<string, string>> {
    const labels: Record<string, string> = {};
    let rest = combination;
    for (const { name, values } of this.#labels.toReversed()) {
      labels[name] = values[rest % values.length] ?? other;
      rest = Math.floor(rest / values.length);
    }
    return labels;
  }

  #indexOf({ values, of }: OwnLabel, request: IncomingMessage, response: ServerResponse): number {
    try {
      const value: unknown = of(request, response);
      if (value === undefined) return 0;
      if (typeof value === 'string') return Math.max(0, values.indexOf(value));
      // Of JavaScript: nobody else would see it fail.
      if (value instanceof Promise) value.catch(() => undefined);
      throw new TypeError(`the value of a label must be a text or undefined, got ${typeof value}`);
    } catch (error) {
      this.#onFailure(error);
      return 0;
    }
  }
}

/** @throws TELLTALE_OPTION naming everything that is wrong */
export function checkHttpLabels(action: string, labels: HttpLabels, naming: Naming): void {
  const problems = Object.entries(labels).flatMap(([name, label]) => problemsOf(name, label, naming));
  const combinations = Object.values(labels).reduce((product, label) => product * (valuesOf(label).length + 1), 1);
  if (combinations > maxCombinations) {
    problems.push(
      `option "labels" makes ${combinations} combinations of values, at most ${maxCombinations} are allowed`,
    );
  }
  if (problems.length === 0) return;
  throw new TelltaleError('TELLTALE_OPTION', `Cannot ${action}: ${problems.join('; ')}`, {
    fix: 'declare labels as { plan: { values: ["free", "paid"], of: ({ headers }) => String(headers["x-plan"]) } }',
  });
}

function problemsOf(name: string, label: unknown, naming: Naming): readonly string[] {
  const at = `option "labels.${name}"`;
  const { of } = (label ?? {}) as Partial<HttpLabel>;
  const values = valuesOf(label);
  const isSound = values.length > 0 && values.every(isText) && new Set(values).size === values.length;
  return [
    ...(labelShape.test(name) ? [] : [`${at} must be named with letters, digits and underscores`]),
    ...(isTaken(name, naming) ? [`${at} must have another name: that one is set already`] : []),
    ...(isSound ? [] : [`${at} must have "values", a list of different texts`]),
    ...(values.length > maxValues ? [`${at} must have at most ${maxValues} values, got ${values.length}`] : []),
    ...(typeof of === 'function' ? [] : [`${at} must have "of", a function`]),
  ];
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function valuesOf(label: unknown): readonly unknown[] {
  const { values } = (label ?? {}) as { readonly values?: unknown };
  return Array.isArray(values) ? values : [];
}

function isTaken(name: string, naming: Naming): boolean {
  const own = Object.keys(httpCatalog.duration.labels).map((label) => labelName(httpCatalog.duration, label, naming));
  return own.includes(name) || reservedLabels.has(name);
}
