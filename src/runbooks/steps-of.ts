/** The steps of a page in the order in which they are numbered, and the queries and commands in them. */
import type { Expression } from '../promql/expression.ts';
import type { AlertPage, Runbook, Step } from './runbook.ts';
import { expressionsOf } from './shell.ts';

export function stepsOfRunbook(runbook: Runbook): readonly Step[] {
  const steps = runbook.procedures.flatMap((procedure) => procedure.steps ?? []);
  return [...steps, ...runbook.verification, ...runbook.undo, runbook.drill.last];
}

export function stepsOfAlertPage(page: AlertPage): readonly Step[] {
  return [...page.firstFiveMinutes, ...page.isItReal, ...page.mitigation, ...page.recovered];
}

/** Every query that a step runs, in Prometheus or inside a command. */
export function queriesOf(step: Step): readonly Expression[] {
  if (step.language === 'promql') return [step.run];
  return step.language === 'sh' ? expressionsOf(step.run) : [];
}
