/** The switches of the demo: what is broken on purpose, and since when. Without a demo there are none. */
import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { Control } from '../../../src/preview/answers.ts';
import { fetchControls, switchControl } from '../api/preview-api.ts';
import { useInfo } from './info-context.tsx';
import { usePolled } from './poll.ts';
import { onSince, rememberSwitches } from './switch-times.ts';

export interface SwitchedControl extends Control {
  /** In milliseconds since 1970; undefined when it was on before this tab looked. */
  readonly sinceMillis?: number;
  /** While it is being switched. */
  readonly busy: boolean;
  /** Why it could not be switched. */
  readonly error?: Error;
}

interface Controls {
  readonly controls: readonly SwitchedControl[];
  readonly error?: Error;
  readonly turn: (name: string, on: boolean) => void;
}

const everyMillis = 5_000;
const ControlsContext = createContext<Controls>({ controls: [], turn: () => {} });

export const useControls = (): Controls => useContext(ControlsContext);

/** What a switch is waiting for, or what became of it. */
type Turn = { readonly busy: true } | { readonly busy: false; readonly error: Error };

export function ControlsProvider({ children }: React.PropsWithChildren): React.ReactElement {
  const [{ data, error }, askAgain] = usePolled(useInfo().controls ? fetchAndRemember : undefined, everyMillis);
  const [turns, setTurns] = useState<Readonly<Record<string, Turn | undefined>>>({});
  const turn = useCallback(
    (name: string, on: boolean): void => {
      const note = (turn?: Turn): void => setTurns((turns) => ({ ...turns, [name]: turn }));
      note({ busy: true });
      switchControl(name, on)
        .then(askAgain)
        .then(
          () => note(),
          (error: Error) => note({ busy: false, error }),
        );
    },
    [askAgain],
  );
  const value = useMemo<Controls>(() => {
    const controls = (data ?? []).map((control) => ({ ...control, ...withTimes(control, turns[control.name]) }));
    return { controls, turn, ...(error && { error }) };
  }, [data, error, turns, turn]);
  return <ControlsContext.Provider value={value}>{children}</ControlsContext.Provider>;
}

function withTimes({ name, on }: Control, turn?: Turn): Pick<SwitchedControl, 'sinceMillis' | 'busy' | 'error'> {
  const sinceMillis = on ? onSince(name) : undefined;
  return {
    busy: turn?.busy ?? false,
    ...(turn?.busy === false && { error: turn.error }),
    ...(sinceMillis && { sinceMillis }),
  };
}

async function fetchAndRemember(init: RequestInit): Promise<readonly Control[]> {
  const controls = await fetchControls(init);
  rememberSwitches(controls);
  return controls;
}
