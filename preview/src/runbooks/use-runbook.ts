/** The text of a runbook. */
import { useEffect, useState } from 'react';
import { fetchRunbook } from '../api/preview-api.ts';

/** Undefined until it is here. */
export function useRunbook(path: string): string | Error | undefined {
  const [runbook, setRunbook] = useState<{ readonly path: string; readonly text: string | Error }>();
  useEffect(() => {
    const left = new AbortController();
    const show = (text: string | Error): void => {
      if (!left.signal.aborted) setRunbook({ path, text });
    };
    fetchRunbook(path, { signal: left.signal }).then(show, show);
    return () => left.abort();
  }, [path]);
  return runbook?.path === path ? runbook.text : undefined;
}
