/** What identifies a page: its path, its headings and its numbered steps. */
import { alertPageNames } from '../runbooks/alert-ids.ts';
import type { AlertPage, Runbook, Step } from '../runbooks/runbook.ts';
import { stepsOfAlertPage, stepsOfRunbook } from '../runbooks/steps-of.ts';
import { generatedNotice } from './generated-notice.ts';

export interface Page {
  /** Relative to the root of the output. */
  readonly path: string;
  /** What to edit instead. */
  readonly source: string;
  readonly headings: readonly string[];
  readonly steps: readonly Step[];
  /** From here to the folder of alert pages, and to that of runbooks. */
  readonly toAlerts: string;
  readonly toRunbooks: string;
}

export const runbookFrame = {
  useWhen: 'When to use it',
  notWhen: 'When not to use it',
  access: 'Owner and access',
  setUp: 'Set up your terminal',
  roles: 'Roles',
  verification: 'Verification',
  undo: 'How to undo this runbook',
  messages: 'Messages',
  related: 'Related alerts and dashboards',
  drill: 'Last drill',
} as const;

export const alertFrame = {
  impact: 'Impact',
  setUp: 'Set up your terminal',
  firstFive: 'First five minutes',
  isItReal: 'Is it real?',
  causes: 'Likely causes',
  mitigation: 'Mitigation',
  recovered: 'Confirm that it is over',
  escalate: 'Escalate when',
  silence: 'False positives and silence',
  rule: 'The rule',
  tuning: 'Tuning',
  related: 'Related alerts',
  afterwards: 'Afterwards',
} as const;

const config = 'telltale.config.ts';

export function runbookPage(runbook: Runbook): Page {
  return {
    path: `runbooks/${runbook.id}.md`,
    source: `src/runbooks/operations/${runbook.id}.ts and ${config}`,
    headings: runbookHeadings(runbook),
    steps: stepsOfRunbook(runbook),
    toAlerts: 'alerts/',
    toRunbooks: '',
  };
}

export function alertPagePage(page: AlertPage): Page {
  return {
    path: `runbooks/alerts/${page.alert}.md`,
    source: sourceOfAlertPage(page.alert),
    headings: Object.values(alertFrame),
    steps: stepsOfAlertPage(page),
    toAlerts: '',
    toRunbooks: '../',
  };
}

/** Headings that another page may link to. */
export function runbookHeadings(runbook: Runbook): readonly string[] {
  const titles = runbook.procedures.map(({ title }) => title);
  return [...Object.values(runbookFrame), ...titles];
}

export function stepHeading(step: Step, index: number): string {
  return `${index + 1}. ${step.title}`;
}

/** The first line of a page: what made it, and what to edit instead. */
export function originOf({ source }: Pick<Page, 'source'>): string {
  return generatedNotice(source);
}

/** Pages of alerts that the user added come whole from the config. */
function sourceOfAlertPage(alert: string): string {
  const ours: readonly string[] = alertPageNames;
  return ours.includes(alert) ? `src/runbooks/alert-pages/${toKebabCase(alert)}.ts and ${config}` : config;
}

function toKebabCase(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
