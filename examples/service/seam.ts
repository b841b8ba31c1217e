/** A place where the switched-on faults step in. With none of them on, it costs a look at an empty list. */

export type Step<A extends readonly unknown[]> = (...args: A) => void | Promise<void>;

export interface Seam<A extends readonly unknown[] = []> {
  /** Adds a step; the returned function takes it away again. */
  add(step: Step<A>): () => void;
  /** Runs the steps one after the other; an error thrown by a step is thrown here. */
  run(...args: A): Promise<void>;
  isEmpty(): boolean;
}

export function createSeam<A extends readonly unknown[] = []>(): Seam<A> {
  const steps = new Set<Step<A>>();
  return {
    add: (step) => {
      steps.add(step);
      return () => void steps.delete(step);
    },
    run: async (...args) => {
      for (const step of steps) await step(...args);
    },
    isEmpty: () => steps.size === 0,
  };
}
