/** Runs the record stories against mutants of the recording rules, until one of them fails. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Promtool } from '../../servers/promtool.ts';
import type { RecordingRule } from '../../src/alerts/alert.ts';
import { allRecords } from '../../src/alerts/recording-rules.ts';
import { ruleContext } from '../../src/alerts/rule-context.ts';
import type { Config } from '../../src/config/config.ts';
import { toModel } from '../../src/config/to-model.ts';
import type { Model } from '../../src/model/model.ts';
import { mutantsOf } from './mutants.ts';
import { recordFiles, recordTestFile } from './record-files.ts';
import { recordStories } from './record-stories.ts';

export interface RecordMutant {
  /** Of the stories that see it. */
  readonly config: Config | undefined;
  /** Place of the record in the rules of that config, and of the mutant among those of the record. */
  readonly record: number;
  readonly index: number;
  /** `slo:errors:rate5m {"slo":"latency"}: flip > at 12` */
  readonly what: string;
}

/** Both SLOs of the default config count the same requests; with SLOs on routes this one dies. */
const equivalent = ['slo:errors:rate5m {"slo":"latency"}: flip slo="latency"'];

const configs = [...new Set(recordStories.map(({ config }) => config))];

export function recordMutants(): readonly RecordMutant[] {
  return configs.flatMap(mutantsIn).filter(({ what }) => !equivalent.some((start) => what.startsWith(start)));
}

/** Records that are the same under the default config are left to its stories. */
function mutantsIn(config: Config | undefined): readonly RecordMutant[] {
  const model = toModel(config ?? {});
  const context = ruleContext(model);
  const keyOf = (rule: RecordingRule): string => rule.record.name + rule.expression.render(context);
  const known = new Set(config === undefined ? [] : allRecords(toModel({})).map(keyOf));
  return allRecords(model).flatMap((rule, record) => {
    if (known.has(keyOf(rule))) return [];
    const name = `${rule.record.name} ${JSON.stringify(rule.labels ?? {})}`;
    return mutantsOf(rule.expression.render(context)).map(({ what }, index) => ({
      config,
      record,
      index,
      what: `${name}: ${what}`,
    }));
  });
}

/** The title of the story that noticed, or `undefined` when the mutant survived. */
export async function recordKillerOf(
  mutant: RecordMutant,
  promtool: Promtool,
  folder: string,
): Promise<string | undefined> {
  await mkdir(folder, { recursive: true });
  for (const story of recordStories.filter(({ config }) => config === mutant.config)) {
    const files = recordFiles(story, (model) => mutated(mutant, model));
    await Promise.all([...files].map(([name, text]) => writeFile(join(folder, name), text)));
    const { code } = await promtool.testRules([join(folder, recordTestFile)]);
    if (code !== 0) return story.title;
  }
  return undefined;
}

function mutated({ record, index }: RecordMutant, model: Model): readonly RecordingRule[] {
  return allRecords(model).map((rule, at) => {
    const text = mutantsOf(rule.expression.render(ruleContext(model)))[index]?.expression;
    return at === record && text !== undefined
      ? { ...rule, expression: { ...rule.expression, render: () => text } }
      : rule;
  });
}
