/** Which rows are closed: those of the JSON at first, then what was clicked. */
import type { Dashboard } from '@grafana/schema';
import { useCallback, useState } from 'react';

interface CollapsedRows {
  readonly collapsedRows: ReadonlySet<number>;
  readonly toggleRow: (id: number) => void;
}

export function useCollapsedRows(dashboard: Dashboard): CollapsedRows {
  const [collapsedRows, setCollapsedRows] = useState<ReadonlySet<number>>(() => closedIn(dashboard));
  const toggleRow = useCallback(
    (id: number) =>
      setCollapsedRows((before) =>
        before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id]),
      ),
    [],
  );
  return { collapsedRows, toggleRow };
}

const closedIn = ({ panels = [] }: Dashboard): ReadonlySet<number> =>
  new Set(panels.filter((panel) => 'collapsed' in panel && panel.collapsed).map(({ id }) => id ?? 0));
