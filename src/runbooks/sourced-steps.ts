/** Leaves out what this model has no source for: a query that nothing can answer is worse than none. */
import type { Model } from '../model/model.ts';
import { answerable, hasSource } from '../model/sources.ts';
import type { AlertPage, Block, Procedure, Runbook, Step } from './runbook.ts';
import { queriesOf, stepsOfAlertPage, stepsOfRunbook } from './steps-of.ts';

export function sourcedRunbook(runbook: Runbook, model: Model): Runbook {
  const sourced: Runbook = {
    ...runbook,
    procedures: runbook.procedures.map((procedure) => sourcedProcedure(procedure, model)),
    verification: sourcedSteps(runbook.verification, model),
  };
  const titles = titlesOf(stepsOfRunbook(sourced));
  return { ...sourced, procedures: sourced.procedures.map((procedure) => withoutDeadRows(procedure, titles)) };
}

export function sourcedAlertPage(page: AlertPage, model: Model): AlertPage {
  const sourced: AlertPage = {
    ...page,
    firstFiveMinutes: sourcedSteps(page.firstFiveMinutes, model),
    isItReal: sourcedSteps(page.isItReal, model),
    mitigation: sourcedSteps(page.mitigation, model),
    recovered: sourcedSteps(page.recovered, model),
  };
  const titles = titlesOf(stepsOfAlertPage(sourced));
  return { ...sourced, causes: sourced.causes.filter(({ check }) => isAlive(check, titles)) };
}

/** Steps whose queries, and what else they need, have a source in the model. */
function sourcedSteps<S extends Step>(steps: readonly S[], model: Model): readonly S[] {
  return steps.filter(
    (step) =>
      (step.needs === undefined || hasSource(model, step.needs)) &&
      queriesOf(step).every(({ metrics }) => answerable(model, metrics)),
  );
}

function sourcedProcedure(procedure: Procedure, model: Model): Procedure {
  return procedure.steps === undefined ? procedure : { ...procedure, steps: sourcedSteps(procedure.steps, model) };
}

/** Rows of tables that lead to a step that was left out. */
function withoutDeadRows({ before, after, ...rest }: Procedure, titles: ReadonlySet<string>): Procedure {
  const alive = (blocks: readonly Block[]): readonly Block[] =>
    blocks.map((block) =>
      block.kind === 'table'
        ? { ...block, rows: block.rows.filter((row) => row.every((cell) => isAlive(cell, titles))) }
        : block,
    );
  return {
    ...rest,
    ...(before === undefined ? {} : { before: alive(before) }),
    ...(after === undefined ? {} : { after: alive(after) }),
  };
}

function isAlive(text: string, titles: ReadonlySet<string>): boolean {
  return [...text.matchAll(/\[\[step:([^\]]+)\]\]/g)].every(([, title = '']) => titles.has(title));
}

function titlesOf(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(steps.map(({ title }) => title));
}
