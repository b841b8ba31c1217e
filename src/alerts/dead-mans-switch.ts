/** The receiver that must hear the Watchdog all the time, and raises an alarm of its own when it does not. */
import type { Model, Receiver } from '../model/model.ts';

/** Its name in the config: a webhook of a service that watches for silence. */
export const deadMansSwitch = 'deadman';

/** The receivers that people read. */
export function peopleOf(model: Model): readonly Receiver[] {
  return model.receivers.filter(({ name }) => name !== deadMansSwitch);
}
