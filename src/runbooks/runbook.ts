/** What a runbook and an alert page are: typed sections. Their Markdown is made in `src/emit/`. */
import type { Exposer } from '../catalog/exposers.ts';
import type { Expression } from '../promql/expression.ts';
import type { Script } from './shell.ts';

/**
 * One paragraph of Markdown of our own. `[[alert:ServiceDown]]`, `[[runbook:rollback]]`, `[[runbook:rollback#Decide]]`
 * (a heading there), `[[dashboard:telltale-api]]`, `[[section:Mitigation]]` and `[[step:Title of a step]]` (of the same
 * page), and `[[prometheus:/targets]]` (a page of that tool) become links when rendered, and must exist. What a user
 * wrote goes through `escapeMarkdown()` first.
 */
export type Markdown = string;

export const runbookIds = [
  'deployment',
  'incident-response',
  'rollback',
  'database-operations',
  'monitoring',
  'troubleshooting',
] as const;
export type RunbookId = (typeof runbookIds)[number];

interface StepFrame {
  /** What to do, as an imperative; it becomes a numbered heading, so no Markdown. */
  readonly title: string;
  /** Said before the command: why, or what to fill in. */
  readonly note?: Markdown;
  /** What is to be seen. */
  readonly expected: Markdown;
  /** Where to go when it is not. */
  readonly ifNot: Markdown;
  readonly minutes: number;
  /** What is lost and does not come back; absent on steps that can be undone. */
  readonly destructive?: Markdown;
  /** Left out of models without this source. Those of its queries need not be named. */
  readonly needs?: Exposer;
}

/** Bash. */
export interface ShellStep extends StepFrame {
  readonly language: 'sh';
  readonly run: Script;
}

/** One statement, or several that may run in one transaction, of PostgreSQL 15 or newer. */
export interface SqlStep extends StepFrame {
  readonly language: 'sql';
  readonly run: string;
}

export interface QueryStep extends StepFrame {
  readonly language: 'promql';
  readonly run: Expression;
}

/** A decision or a message: nothing to paste. */
export interface ActionStep extends StepFrame {
  readonly language: 'none';
}

export type Step = ShellStep | SqlStep | QueryStep | ActionStep;

export type Block =
  | { readonly kind: 'text'; readonly text: Markdown }
  | { readonly kind: 'list'; readonly items: readonly Markdown[] }
  | { readonly kind: 'checklist'; readonly items: readonly Markdown[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly Markdown[])[] }
  /** A table of every alert of the pack, with the sentence of its page. */
  | { readonly kind: 'alerts' }
  | { readonly kind: 'code'; readonly language: 'text' | 'sh' | 'ts' | 'md' | 'yaml' | 'json'; readonly code: string };

/** A titled part with what to know before, numbered steps, and what to know after; at least one of them. */
export interface Procedure {
  readonly title: string;
  readonly before?: readonly Block[];
  readonly steps?: readonly Step[];
  readonly after?: readonly Block[];
}

/** A message to copy; what is in {braces} is filled in by hand. */
export interface MessageTemplate {
  readonly title: string;
  readonly when: Markdown;
  readonly body: string;
}

export interface Role {
  readonly role: string;
  readonly does: Markdown;
}

/** How the runbook is practised, and how to see when that was last done. */
export interface Drill {
  readonly everyDays: number;
  readonly how: Markdown;
  readonly last: Step;
}

/** A section of the user's own, from the config: plain text, escaped when rendered. */
export interface OwnSection {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface Runbook {
  readonly id: RunbookId;
  readonly title: string;
  /** One sentence. */
  readonly purpose: Markdown;
  readonly useWhen: readonly Markdown[];
  readonly notWhen: readonly Markdown[];
  /** Access needed, beside the terminal set-up that is computed from the commands. */
  readonly access: readonly Markdown[];
  readonly roles: readonly Role[];
  readonly procedures: readonly Procedure[];
  /** How to see that it worked. */
  readonly verification: readonly QueryStep[];
  /** How to undo what this runbook did. */
  readonly undo: readonly Step[];
  readonly messages: readonly MessageTemplate[];
  /** Uids of dashboards to have open; those of the alerts it names are added. */
  readonly dashboards: readonly string[];
  readonly drill: Drill;
  readonly own?: readonly OwnSection[];
}

/** A row of the causes table. `check` names the command, query or page that tells. */
export interface Cause {
  readonly symptom: Markdown;
  readonly cause: Markdown;
  readonly check: Markdown;
}

/** What tunes an alert: knobs of `alerts: { <name>: ... }` (their values come from the model), or another place. */
export interface Tuning {
  /** The constants live in `alerts: { <AlertName>: { ... } }` of the config. */
  readonly knobs: boolean;
  readonly advice: readonly Markdown[];
}

export interface AlertPage {
  /** Name of the alert, and of the file. */
  readonly alert: string;
  /** One sentence. */
  readonly meaning: Markdown;
  /** Why this rule and this threshold. */
  readonly why: readonly Markdown[];
  /** What users notice. */
  readonly impact: Markdown;
  /** How bad is it: worst first. */
  readonly judge: readonly Markdown[];
  /** Numbered; each `ifNot` or `expected` says where to go next. */
  readonly firstFiveMinutes: readonly Step[];
  /** Whether it is real: a query, and a log command. */
  readonly isItReal: readonly Step[];
  readonly causes: readonly Cause[];
  /** Reversible first; steps that lose data carry `destructive`. */
  readonly mitigation: readonly Step[];
  readonly recovered: readonly Step[];
  readonly escalate: readonly Markdown[];
  readonly falsePositives: readonly Markdown[];
  /** Labels, beside the alert's name, that a silence must match; `SERVICE` and `ENVIRONMENT` are set at the top of the page. */
  readonly silenceBy: readonly ('service' | 'environment' | 'instance' | 'slo')[];
  readonly tuning: Tuning;
  readonly afterwards: readonly Markdown[];
  /** Operational runbooks that it leads to. */
  readonly runbooks: readonly RunbookId[];
}
