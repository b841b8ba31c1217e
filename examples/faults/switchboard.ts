/** Switches the faults of one service on and off. */
import { allFaults } from './all-faults.ts';
import type { Fault, FaultParameters, FaultTarget, ServiceName } from './fault.ts';

export interface FaultState {
  readonly name: string;
  readonly does: string;
  readonly on: boolean;
  /** Those it runs with, or the defaults. */
  readonly parameters: FaultParameters;
}

export interface Switchboard {
  list(): readonly FaultState[];
  /** Starts a fault; one that is on already starts anew. @throws FaultError */
  turnOn(name: string, parameters?: FaultParameters): void;
  /** Ends a fault; one that is off already stays off. @throws FaultError */
  turnOff(name: string): void;
  turnAllOff(): void;
}

/** A request to the switchboard that cannot be met. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
}

interface Running {
  readonly parameters: FaultParameters;
  readonly stop: () => void;
}

export function createSwitchboard(service: ServiceName, target: FaultTarget): Switchboard {
  const faults = allFaults.filter(({ services }) => services.includes(service));
  const running = new Map<string, Running>();
  const turnOff = (name: string): void => {
    const fault = findFault(faults, service, name);
    running.get(fault.name)?.stop();
    running.delete(fault.name);
  };
  return {
    list: () =>
      faults.map(({ name, does, parameters }) => ({
        name,
        does,
        on: running.has(name),
        parameters: running.get(name)?.parameters ?? parameters,
      })),
    turnOn: (name, given = {}) => {
      const fault = findFault(faults, service, name);
      const parameters = { ...fault.parameters, ...checkParameters(fault, given) };
      turnOff(name);
      running.set(name, { parameters, stop: fault.start(target, parameters) });
    },
    turnOff,
    turnAllOff: () => {
      for (const name of running.keys()) turnOff(name);
    },
  };
}

function findFault(faults: readonly Fault[], service: ServiceName, name: string): Fault {
  const fault = faults.find((each) => each.name === name);
  if (fault !== undefined) return fault;
  throw new FaultError(
    `Cannot find fault "${name}" of ${service}: known are ${faults.map((each) => each.name).join(', ')}`,
  );
}

function checkParameters(fault: Fault, given: FaultParameters): FaultParameters {
  for (const [name, value] of Object.entries(given)) {
    if (!(name in fault.parameters)) {
      const known = Object.keys(fault.parameters).join(', ') || 'none';
      throw new FaultError(`Cannot start "${fault.name}" with parameter "${name}": known are ${known}`);
    }
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
      throw new FaultError(
        `Cannot start "${fault.name}" as ${name} must be a number from 0 up: it is ${String(value)}`,
      );
    }
  }
  return given;
}
