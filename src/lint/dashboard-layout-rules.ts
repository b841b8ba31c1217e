/** Where panels stand, how many they are, and how they are told apart. */
import type { Dashboard as DashboardJson, GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import { eachDashboard } from './dashboard-each.ts';
import { type DashboardProblem, type DashboardRule, isRow, panelsIn } from './dashboard-problem.ts';

const columns = 24;
const longestUid = 40;

/** About 25: more is not read. */
const mostPanels = 28;
const mostAboveFold = 12;

/** Lines of the grid on a common screen. */
const foldLine = 24;

export const layoutRules: readonly DashboardRule[] = [
  {
    name: 'uid-rule',
    check: ({ dashboards }) => {
      const uids = dashboards.map(({ json }) => json.uid ?? '');
      return uids.flatMap((uid, index): DashboardProblem[] => [
        ...(/^[\w-]+$/.test(uid) && uid.length <= longestUid
          ? []
          : [{ rule: 'uid-rule', dashboard: uid, message: `must be 1 to ${longestUid} letters, digits and hyphens` }]),
        ...(uids.indexOf(uid) === index
          ? []
          : [{ rule: 'uid-rule', dashboard: uid, message: 'is the uid of two dashboards' }]),
      ]);
    },
  },
  eachDashboard('panel-id-rule', ({ json }) => {
    const ids = (json.panels ?? []).flatMap((panel) => (isRow(panel) ? [panel, ...panel.panels] : [panel]));
    const seen = new Set<number>();
    return ids.flatMap(({ id = 0, title = '' }) => {
      const fresh = id > 0 && !seen.has(id);
      seen.add(id);
      return fresh ? [] : [`"${title}" has the id ${id}, which is missing or taken`];
    });
  }),
  eachDashboard('grid-rule', ({ json }) => [...outside(json), ...overlapping(json), ...uneven(json)]),
  eachDashboard('panel-count-rule', ({ json }) => {
    const panels = panelsIn(json).length;
    const above = placed(json).filter(({ type, place }) => type !== 'row' && place.y + place.h <= foldLine).length;
    return [
      ...(panels > mostPanels ? [`has ${panels} panels: at most ${mostPanels} are read`] : []),
      ...(above > mostAboveFold ? [`has ${above} panels above the fold: at most ${mostAboveFold} are read`] : []),
    ];
  }),
];

interface Placed {
  readonly title: string;
  readonly type: string;
  readonly place: GridPos;
}

/** Panels and rows in view; those of collapsed rows have no place of their own. */
function placed(json: DashboardJson): readonly Placed[] {
  return (json.panels ?? []).flatMap(({ title = '', type, gridPos }) =>
    gridPos === undefined ? [] : [{ title, type, place: gridPos }],
  );
}

function outside(json: DashboardJson): string[] {
  return placed(json)
    .filter(({ place }) => place.x < 0 || place.w < 1 || place.x + place.w > columns)
    .map(({ title }) => `"${title}" stands outside the ${columns} columns`);
}

function overlapping(json: DashboardJson): string[] {
  const all = placed(json);
  return all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .filter((other) => overlap(one.place, other.place))
      .map((other) => `"${one.title}" and "${other.title}" overlap`),
  );
}

function overlap(a: GridPos, b: GridPos): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function uneven(json: DashboardJson): string[] {
  const all = placed(json);
  return all
    .filter(({ place }) => all.some((other) => other.place.y === place.y && other.place.h > place.h))
    .map(({ title }) => `"${title}" is lower than others on its line`);
}
