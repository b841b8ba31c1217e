/** Panels, as the linter of Grafana's authors wants them; and whether a dashboard can be edited by hand. */
import * as units from '@grafana/grafana-foundation-sdk/units';
import type { Panel as PanelJson } from '@grafana/grafana-foundation-sdk/dashboard';
import { eachDashboard, eachPanel, textOf } from './dashboard-each.ts';
import type { DashboardRule } from './dashboard-problem.ts';

const knownUnits = new Set(Object.values(units).map(String));

export const panelRules: readonly DashboardRule[] = [
  eachPanel('panel-datasource-rule', (panel) =>
    panel.datasource?.uid === '${datasource}' ? [] : ['does not ask the chosen data source'],
  ),
  eachPanel('panel-title-description-rule', ({ title = '', description = '' }) => [
    ...(title === '' ? ['has no title'] : []),
    ...(description === '' ? ['has no description'] : []),
  ]),
  eachPanel('panel-units-rule', (panel) =>
    unitsOf(panel)
      .filter((unit) => !knownUnits.has(unit))
      .map((unit) => (unit === '' ? 'has no unit' : `has the unit "${unit}", which Grafana does not know`)),
  ),
  eachPanel('panel-no-targets-rule', ({ targets = [] }) => (targets.length === 0 ? ['has no query'] : [])),
  eachPanel('target-logql-rule', ({ targets = [] }) =>
    targets.flatMap((target) => {
      const { datasource } = target as { readonly datasource?: { readonly type?: string } };
      return datasource?.type === 'prometheus' ? [] : [`target ${textOf(target, 'refId')} does not ask Prometheus`];
    }),
  ),
  eachPanel('target-logql-auto-rule', ({ targets = [] }) =>
    targets
      .filter((target) => textOf(target, 'expr').includes('$__auto'))
      .map((target) => `target ${textOf(target, 'refId')} uses $__auto, which only Loki knows`),
  ),
  eachPanel('no-value-rule', ({ fieldConfig }) =>
    (fieldConfig?.defaults.noValue ?? '') === '' ? ['does not say why it may be empty'] : [],
  ),
  eachDashboard('uneditable-dashboard-rule', ({ json }) =>
    json.editable === false ? [] : ['can be edited by hand, and the next run would undo that'],
  ),
  eachDashboard('instance-state-rule', ({ json }) =>
    ['id', 'version', 'iteration', '__inputs', '__requires']
      .filter((field) => field in json)
      .map((field) => `holds "${field}", which belongs to one Grafana`),
  ),
];

/** Of the panel and of every override. */
function unitsOf({ fieldConfig }: PanelJson): string[] {
  const overridden = (fieldConfig?.overrides ?? [])
    .flatMap(({ properties }) => properties)
    .filter(({ id }) => id === 'unit')
    .map(({ value }: { readonly value?: unknown }) => (typeof value === 'string' ? value : ''));
  return [fieldConfig?.defaults.unit ?? '', ...overridden];
}
