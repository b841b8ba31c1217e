/** The switches of the page: each state is asked of the services themselves, so that it is true after a crash, too. */
import type { ServiceName } from '../../examples/faults/fault.ts';
import type { LabServices } from '../../servers/lab/lab-services.ts';
import { quoteList, TelltaleError } from '../../src/errors.ts';
import type { Control } from '../../src/preview/answers.ts';
import type { Controls } from '../../src/preview/controls.ts';
import { allControls, type DemoControl } from './all-controls.ts';
import { waitInWords } from './demo-config.ts';

/**
 * Switches of one lab; one acts after the other. `set()` rejects with TELLTALE_OPTION for a name that is not known, with
 * TELLTALE_SERVER when the service cannot be switched.
 */
export function demoControls(services: LabServices): Controls {
  let turn: Promise<unknown> = Promise.resolve();
  const list = async (): Promise<readonly Control[]> => {
    const faults = { api: await services.faultsOf('api'), payments: await services.faultsOf('payments') };
    return allControls.map((control) => describeControl(control, isOn(control, services, faults)));
  };
  const switchOne = async (control: DemoControl, on: boolean): Promise<Control> => {
    await act(control, on, services);
    return describeControl(control, on);
  };
  return {
    list,
    set: async (name, on) => {
      const control = find(name);
      const done = turn.then(() => switchOne(control, on));
      turn = done.catch(() => {});
      return done;
    },
  };
}

function find(name: string): DemoControl {
  const control = allControls.find((each) => each.name === name);
  if (control !== undefined) return control;
  const known = quoteList(allControls.map((each) => each.name));
  throw new TelltaleError('TELLTALE_OPTION', `Cannot switch "${name}" as there is no such control: known are ${known}`);
}

async function act({ service, cause }: DemoControl, on: boolean, services: LabServices): Promise<void> {
  if (cause !== 'kill') return services.fault(service, cause.fault, on ? { on, ...cause.settings } : { on });
  return on ? services.kill(service) : services.start(service);
}

function isOn(
  { service, cause }: DemoControl,
  services: LabServices,
  faults: Readonly<Record<ServiceName, readonly string[]>>,
): boolean {
  return cause === 'kill' ? !services[service].isRunning : faults[service].includes(cause.fault);
}

/** The shortened waits are told wherever an alert is promised. */
function describeControl({ name, title, describes, alerts, shows }: DemoControl, on: boolean): Control {
  const who = alerts.length === 1 ? 'The alert waits' : 'The alerts wait';
  const waits = alerts.length === 0 ? '' : ` ${who} ${waitInWords(alerts)}.`;
  const panels = Object.fromEntries(Object.entries(shows).map(([uid, titles]) => [uid, titles.join(', ')]));
  return { name, title, describes: `${describes}${waits}`, on, alerts, shows: panels };
}
