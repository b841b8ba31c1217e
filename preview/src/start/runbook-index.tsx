/** The sentence that says what an alert or a runbook is about, from the index of the runbooks. */
import { createContext, useContext, useEffect, useState } from 'react';
import { fetchRunbook } from '../api/preview-api.ts';
import { purposesOf } from '../runbooks/purposes.ts';
import { useInfo } from '../shell/info-context.tsx';

type Purposes = ReadonlyMap<string, string>;

const PurposesContext = createContext<Purposes>(new Map());

/** By path below the folder of runbooks; empty until the index is here, and when there is none. */
export const usePurposes = (): Purposes => useContext(PurposesContext);

export function RunbookIndexProvider({ children }: React.PropsWithChildren): React.ReactElement {
  const path = useInfo().runbooks.find(({ kind }) => kind === 'index')?.path;
  const [purposes, setPurposes] = useState<Purposes>(new Map());
  useEffect(() => {
    if (path === undefined) return;
    const left = new AbortController();
    fetchRunbook(path, { signal: left.signal }).then(
      (index) => setPurposes(purposesOf(index)),
      () => {}, // the sentences are a courtesy: names and links work without
    );
    return () => left.abort();
  }, [path]);
  return <PurposesContext.Provider value={purposes}>{children}</PurposesContext.Provider>;
}
