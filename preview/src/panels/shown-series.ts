/** Which series are shown after a click in the legend: as in Grafana, one alone, or one more or less with Ctrl or Cmd. */

/** Grafana's SeriesVisibilityChangeMode, which its package declares but does not export. */
export type ChangeMode = 'select' | 'append' | 'setExactly';

interface Change {
  /** undefined: all */
  readonly before: readonly string[] | undefined;
  readonly label: string | string[] | null;
  readonly mode: ChangeMode;
  readonly allNames: () => readonly string[];
}

/** @returns undefined: all */
export function nextShown({ before, label, mode, allNames }: Change): readonly string[] | undefined {
  if (label === null) return undefined;
  if (mode === 'setExactly') return [label].flat();
  const [name = ''] = [label].flat();
  if (mode === 'select') return before?.length === 1 && before[0] === name ? undefined : [name];
  const all = allNames();
  const current = before ?? all;
  const next = current.includes(name) ? current.filter((other) => other !== name) : [...current, name];
  return next.length === 0 || next.length === all.length ? undefined : next;
}
