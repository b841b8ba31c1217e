/** Lines on panels are the numbers of the objectives and of the alerts, and the panel of an alert shows its line. */
import type { Thresholds } from '../dashboards/panel.ts';
import type { Model } from '../model/model.ts';
import { metaAlertKnobs } from '../objectives/meta-alert-knobs.ts';
import type { JoinedPanel } from '../stack/pack.ts';
import { eachJoinedPanel } from './dashboard-each.ts';
import { type DashboardProblem, type DashboardRule, joinedPanels, type LintSubject } from './dashboard-problem.ts';

const secondsPerHour = 3_600;
const secondsPerDay = 86_400;

/** None, and all of it. */
const natural = [0, 1];

export const objectiveRules: readonly DashboardRule[] = [
  eachJoinedPanel('threshold-rule', (panel, { pack }) => {
    const allowed = new Set(constantsOf(pack.model));
    return stepsOf(panel)
      .filter((value) => !allowed.has(value))
      .map((value) => `has a threshold of ${value}, which is no objective and no alert's`);
  }),
  { name: 'alert-line-rule', check: alertLines },
];

/** The value at which an alert fires, where its panel can show it as a line. */
function linesOf({ knobs, burnWindows }: Model): Readonly<Record<string, readonly number[]>> {
  const factors = (speed: string): number[] =>
    burnWindows.filter((window) => window.speed === speed).map(({ factor }) => factor);
  return {
    HighErrorRate: [knobs.HighErrorRate.threshold],
    HighResponseTime: [knobs.HighResponseTime.threshold],
    ErrorBudgetBurnFast: factors('fast'),
    ErrorBudgetBurnSlow: factors('slow'),
    ServiceRestarting: [knobs.ServiceRestarting.threshold],
    EventLoopLagHigh: [knobs.EventLoopLagHigh.threshold],
    DatabaseConnectionsHigh: [knobs.DatabaseConnectionsHigh.threshold],
    DatabaseQueriesSlow: [knobs.DatabaseQueriesSlow.threshold],
    BackupStale: [knobs.BackupStale.maxAgeHours * secondsPerHour],
    MemoryUsageHigh: [knobs.MemoryUsageHigh.threshold],
    DiskSpaceLow: [knobs.DiskSpaceLow.freeRatio, knobs.DiskSpaceLow.criticalFreeRatio],
    BusinessActivityDrop: [knobs.BusinessActivityDrop.threshold],
    CertificateExpiresSoon: [metaAlertKnobs.CertificateExpiresSoon.days * secondsPerDay],
  };
}

function constantsOf(model: Model): readonly number[] {
  return [...natural, ...Object.values(model.lines), ...Object.values(linesOf(model)).flat()];
}

/** Some panel that explains the alert shows each of its values. */
function alertLines({ pack, dashboards }: LintSubject): readonly DashboardProblem[] {
  const lines = linesOf(pack.model);
  const panels = dashboards.flatMap(({ joined }) => joinedPanels(joined));
  return pack.alerts.flatMap(({ alert }) => {
    const explaining = panels.filter(({ alerts }) => alerts.includes(alert.name));
    const shown = new Set(explaining.flatMap(stepsOf));
    return (lines[alert.name] ?? [])
      .filter((value) => !shown.has(value))
      .map((value) => ({
        rule: 'alert-line-rule',
        dashboard: alert.panel.dashboard,
        panel: alert.panel.panel,
        message: `no panel of ${alert.name} shows its threshold of ${value}`,
      }));
  });
}

function stepsOf({ panel }: JoinedPanel): number[] {
  const ofColumns = panel.type === 'table' ? panel.columns.map(({ thresholds }) => thresholds) : [];
  return [panel.thresholds, ...ofColumns].flatMap(valuesOf);
}

function valuesOf(thresholds: Thresholds | undefined): number[] {
  return (thresholds?.steps ?? []).map(({ value }) => value);
}
