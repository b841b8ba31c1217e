/** One kind of request that the traffic is made of, as data. */
import type { World } from './world.ts';

export type Target = 'api' | 'payments';
export type Caller = 'student' | 'teacher' | 'service' | 'stranger';

export interface PlannedRequest {
  readonly path: string;
  /** @default what the visit's route says, else GET */
  readonly method?: string;
  /** @default 'stranger': no authorization */
  readonly as?: Caller;
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: object | string;
}

export interface Visit {
  readonly to: Target;
  /** The route it ends at, as `listRoutes()` names it; null for what ends at none. */
  readonly route: string | null;
  /** How often, relative to the others. */
  readonly weight: number;
  plan(world: World): PlannedRequest;
  /** Remembers what a successful answer holds. */
  learn?(world: World, answer: Readonly<Record<string, unknown>>): void;
}
