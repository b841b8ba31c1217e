/** What a fault is: something that goes wrong in production, made to go wrong on purpose. */
import type { Request, Response } from 'express';
import type { Pool } from 'pg';
import type { Seam } from '../service/seam.ts';

export type ServiceName = 'api' | 'payments';

/** The places of a service where faults step in. */
export interface Seams {
  /** Before the handlers of each route; a step that answers keeps them from running. */
  readonly request: Seam<[Request, Response]>;
  /** Before the liveness endpoint answers. */
  readonly health: Seam<[Response]>;
  readonly query: Seam;
  /** Before a key of the cache is read. */
  readonly cacheRead: Seam<[string]>;
  readonly job: Seam;
  /** Before a card is charged. */
  readonly charge: Seam;
}

/** What a fault may lay hands on. */
export interface FaultTarget {
  readonly seams: Seams;
  readonly pool: Pool;
  readonly cache?: { delete(key: string): Promise<void> };
  /** What works off the queue. */
  readonly consumer?: { pause(): void; resume(): void };
}

/** All parameters are numbers: shares from 0 to 1, milliseconds, megabytes, counts. */
export type FaultParameters = Readonly<Record<string, number>>;

export interface Fault<P extends FaultParameters = FaultParameters> {
  readonly name: string;
  /** One sentence: what goes wrong, and what the parameters say about it. */
  readonly does: string;
  /** Services that can have it. */
  readonly services: readonly ServiceName[];
  /** Alerts that it can make fire. */
  readonly alerts: readonly string[];
  /** What can be seen of it, by dashboard. */
  readonly shows: Readonly<Record<string, string>>;
  /** Each parameter with its default. */
  readonly parameters: P;
  /** Makes it go wrong; the returned function ends it. */
  start(target: FaultTarget, parameters: P): () => void;
}

/** Declares a fault, so that `start` knows its parameters. */
export function defineFault<P extends FaultParameters>(fault: Fault<P>): Fault {
  return fault;
}
