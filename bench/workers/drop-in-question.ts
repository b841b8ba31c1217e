/** What the workers of the drop-ins are asked. */

export interface DropInQuestion {
  readonly calls: number;
}

/** Nanoseconds per call. */
export type DropInAnswer = number;
