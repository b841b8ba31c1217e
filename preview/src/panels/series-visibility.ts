/** The series of a panel that were clicked away in its legend. */
import { FieldMatcherID, type ConfigOverrideRule } from '@grafana/data';
import { useMemo, useState } from 'react';
import { nextShown, type ChangeMode } from './shown-series.ts';

interface SeriesVisibility {
  readonly override: ConfigOverrideRule | undefined;
  readonly onToggle: (label: string | string[] | null, mode: string) => void;
}

export function useSeriesVisibility(allNames: () => readonly string[]): SeriesVisibility {
  const [shown, setShown] = useState<readonly string[]>();
  const override = useMemo(() => (shown === undefined ? undefined : hideAllBut(shown)), [shown]);
  return {
    override,
    onToggle: (label, mode) => setShown((before) => nextShown({ before, label, mode: mode as ChangeMode, allNames })),
  };
}

/** The override that Grafana itself writes: names stay in the legend, greyed out. */
const hideAllBut = (names: readonly string[]): ConfigOverrideRule => ({
  matcher: {
    id: FieldMatcherID.byNames,
    options: { mode: 'exclude', names: [...names], prefix: 'All except:', readOnly: true },
  },
  properties: [{ id: 'custom.hideFrom', value: { viz: true, legend: false, tooltip: true } }],
});
