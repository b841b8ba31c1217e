/** Faults that are on from the start: `errors:share=0.2,slow-handler:millis=900:share=0.5`. */
import type { FaultParameters } from './fault.ts';
import type { Switchboard } from './switchboard.ts';

export function turnOnFromText(switchboard: Switchboard, text: string): void {
  for (const part of text.split(',').filter((each) => each !== '')) {
    const [name = '', ...assignments] = part.split(':');
    switchboard.turnOn(name.trim(), readParameters(assignments));
  }
}

function readParameters(assignments: readonly string[]): FaultParameters {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const [name = '', value = ''] = assignment.split('=');
      return [name.trim(), Number(value)];
    }),
  );
}
