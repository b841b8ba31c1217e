/** The legend of the JSON, sorted by the column that was clicked last; below the graph where there is no room beside it. */
import { LegendDisplayMode, type VizLegendOptions } from '@grafana/schema';
import { useCallback, useMemo, useState } from 'react';

interface Sorting {
  readonly sortBy: string | undefined;
  readonly sortDesc: boolean;
}

const grafanaDefaults: VizLegendOptions = {
  showLegend: true,
  displayMode: LegendDisplayMode.List,
  placement: 'bottom',
  calcs: [],
};

/** A panel on a phone. */
const narrowPixels = 420;

interface SortableLegend {
  readonly legend: VizLegendOptions;
  readonly onToggleLegendSort: (column: string) => void;
}

/** @param width of the panel in CSS pixels */
export function useSortableLegend(options: VizLegendOptions | undefined, width: number): SortableLegend {
  const isNarrow = width < narrowPixels;
  const [sorting, setSorting] = useState<Sorting>();
  const legend = useMemo(
    () => ({ ...grafanaDefaults, ...options, ...sorting, ...(isNarrow ? { placement: 'bottom' as const } : {}) }),
    [options, sorting, isNarrow],
  );
  const onToggleLegendSort = useCallback((column: string) => setSorting((before) => nextSorting(before, column)), []);
  return { legend, onToggleLegendSort };
}

/** Descending, ascending, as the queries returned them. */
function nextSorting(before: Sorting | undefined, column: string): Sorting {
  if (before?.sortBy !== column) return { sortBy: column, sortDesc: true };
  return before.sortDesc ? { sortBy: column, sortDesc: false } : { sortBy: undefined, sortDesc: false };
}
