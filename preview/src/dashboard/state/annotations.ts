/** The dashboard's annotations, and which of them are shown. */
import type { Dashboard } from '@grafana/schema';
import { useEffect, useMemo, useState } from 'react';
import { loadAnnotations, type Annotation } from '../../query/annotations.ts';
import type { QueryContext } from '../../query/context.ts';

export interface AnnotationSwitch {
  readonly name: string;
  readonly on: boolean;
  readonly toggle: () => void;
}

interface Annotations {
  readonly shown: readonly Annotation[];
  readonly switches: readonly AnnotationSwitch[];
}

export function useAnnotations(dashboard: Dashboard, context: QueryContext | undefined): Annotations {
  const all = useLoaded(dashboard, context);
  const queries = useMemo(() => queriesOf(dashboard), [dashboard]);
  const [off, setOff] = useState<readonly string[]>(() =>
    queries.filter(({ enable }) => !enable).map(({ name }) => name),
  );
  const shown = useMemo(() => all.filter(({ name }) => !off.includes(name)), [all, off]);
  const switches = queries.map(({ name }) => ({
    name,
    on: !off.includes(name),
    toggle: () =>
      setOff((before) => (before.includes(name) ? before.filter((other) => other !== name) : [...before, name])),
  }));
  return { shown, switches };
}

const queriesOf = ({ annotations }: Dashboard): NonNullable<NonNullable<Dashboard['annotations']>['list']> =>
  (annotations?.list ?? []).filter(({ builtIn, hide }) => builtIn !== 1 && hide !== true);

/** The last ones stay until new ones are there; panels tell what is wrong with Prometheus. */
function useLoaded(dashboard: Dashboard, context: QueryContext | undefined): readonly Annotation[] {
  const [annotations, setAnnotations] = useState<readonly Annotation[]>([]);
  useEffect(() => {
    if (context === undefined) return;
    const abort = new AbortController();
    loadAnnotations(dashboard, context, abort.signal).then(setAnnotations, () => {});
    return () => abort.abort();
  }, [dashboard, context]);
  return annotations;
}
