/** Ends a service that was put together for a test and never ran as a process. */
import { gracefulShutdown } from 'telltale';
import type { Service } from '../../examples/service/service.ts';

export async function closeService({ lastSteps: steps }: Service): Promise<void> {
  await gracefulShutdown({ signals: [], steps, log: () => {} }).shutDown();
}
