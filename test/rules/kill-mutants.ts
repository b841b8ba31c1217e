/** Runs the stories against mutants of the rules, until one of them fails. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Promtool } from '../../servers/promtool.ts';
import type { Alert } from '../../src/alerts/alert.ts';
import { ruleContext } from '../../src/alerts/rule-context.ts';
import type { RuleAlert } from '../../src/emit/rules.ts';
import type { Model } from '../../src/model/model.ts';
import { allStories } from './all-stories.ts';
import { mutantsOf } from './mutants.ts';
import { filesOf } from './story-files.ts';
import { ruleAlert, storyAlerts, storyModel } from './story-rules.ts';
import type { Story } from './story.ts';

/** A mutant of one branch of an alert. */
export interface AlertMutant {
  readonly alert: string;
  readonly branch: string;
  readonly what: string;
  /** Place in the list of the branch's mutants: rules of another clock differ in a number only. Absent: no `for`. */
  readonly index?: number;
}

/** Every mutant of every branch, and every alert at once, without its `for` or its `keep_firing_for`. */
export function alertMutants(): readonly AlertMutant[] {
  const model = storyModel('1m');
  const context = ruleContext(model);
  return storyAlerts(model).flatMap((alert) => [
    ...alert.branches.flatMap(({ id, expression }) =>
      mutantsOf(expression.render(context)).map(({ what }, index) => ({ alert: alert.name, branch: id, what, index })),
    ),
    ...atOnce(alert),
  ]);
}

function atOnce({ name, branches, for: hold, keepFiringFor }: Alert): readonly AlertMutant[] {
  const branch = branches[0]?.id ?? '';
  return hold === undefined && keepFiringFor === undefined ? [] : [{ alert: name, branch, what: 'without its times' }];
}

/** The title of the story that noticed, or `undefined` when the mutant survived. */
export async function killerOf(mutant: AlertMutant, promtool: Promtool, folder: string): Promise<string | undefined> {
  const own = allStories.filter(({ alert }) => alert === mutant.alert);
  const near = own.filter(({ branch }) => branch === mutant.branch);
  const ordered = [...near, ...own.filter((story) => !near.includes(story))];
  await mkdir(folder, { recursive: true });
  for (const story of ordered) {
    if (await notices(story, mutant, { promtool, folder })) return story.title;
  }
  return undefined;
}

interface Run {
  readonly promtool: Promtool;
  readonly folder: string;
}

async function notices(story: Story, mutant: AlertMutant, { promtool, folder }: Run): Promise<boolean> {
  const { files, tests } = filesOf([story], (model) => mutated(mutant, model));
  await Promise.all([...files].map(([name, text]) => writeFile(join(folder, name), text)));
  const { code } = await promtool.testRules(tests.map((test) => join(folder, test)));
  return code !== 0;
}

function mutated(mutant: AlertMutant, model: Model): RuleAlert | undefined {
  const alert = storyAlerts(model).find(({ name }) => name === mutant.alert);
  if (alert === undefined) return undefined;
  const rule = ruleAlert(alert, model);
  if (mutant.index !== undefined) return { ...rule, expression: mutatedExpression(alert, mutant, model) };
  const { for: _hold, keepFiringFor: _keep, ...hasty } = alert;
  return { ...rule, alert: hasty };
}

function mutatedExpression(alert: Alert, mutant: AlertMutant, model: Model): string {
  const texts = alert.branches.map(({ id, expression }) => {
    const text = expression.render(ruleContext(model));
    return id === mutant.branch ? (mutantsOf(text)[mutant.index ?? -1]?.expression ?? text) : text;
  });
  return texts.map((text) => `(${text})`).join('\nor\n');
}
