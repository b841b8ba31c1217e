/** What a service gives to the one that runs it. */
import type { Express } from 'express';
import type { ShutdownStep } from 'telltale';
import type { FaultTarget, ServiceName } from '../faults/fault.ts';

export interface Service {
  readonly name: ServiceName;
  readonly app: Express;
  /** What its faults may lay hands on. */
  readonly faultTarget: FaultTarget;
  /** Before it listens. */
  prepare(): Promise<void>;
  /** Says "not ready" from now on, and ends what would keep connections open. */
  drain(): void;
  /** After the last request, one after the other, by name. */
  readonly lastSteps: Readonly<Record<string, ShutdownStep>>;
}
