/** The files of a run: rules and tests, one pair per alert and clock, so that a mutant runs only what concerns it. */
import type { RecordingRule } from '../../src/alerts/alert.ts';
import { allRecords } from '../../src/alerts/recording-rules.ts';
import type { MetricEntry } from '../../src/catalog/metric.ts';
import type { RuleAlert } from '../../src/emit/rules.ts';
import type { Model } from '../../src/model/model.ts';
import { alertRuleText, recordText, storyModel } from './story-rules.ts';
import type { Story, StoryClock } from './story.ts';
import { promtoolTest } from './to-promtool.ts';

export const storyClocks: readonly StoryClock[] = ['1m', '2m', '4m', '10m'];

export interface StoryFiles {
  /** Rule files and test files by name. */
  readonly files: ReadonlyMap<string, string>;
  /** Names of the test files. */
  readonly tests: readonly string[];
}

/** Rule and test files of one alert, and of the records it needs. A mutant comes as an alert with another expression. */
export function filesOf(
  stories: readonly Story[],
  alertOf: (model: Model) => RuleAlert | undefined,
  recordsOf: (model: Model) => readonly RecordingRule[] = allRecords,
): StoryFiles {
  const files = new Map<string, string>();
  const tests: string[] = [];
  for (const clock of storyClocks) {
    const model = storyModel(clock);
    const rule = alertOf(model);
    const own = stories.filter((story) => story.alert === rule?.alert.name && (story.clock ?? '1m') === clock);
    if (rule === undefined || own.length === 0) continue;
    const name = `${rule.alert.name}-${clock}`;
    files.set(`${name}.rules.yml`, alertRuleText(rule, model));
    files.set(`${name}.records.yml`, recordText(needed(rule, recordsOf(model)), model));
    const ruleFiles = [`${name}.records.yml`, `${name}.rules.yml`];
    files.set(`${name}.test.yml`, promtoolTest(rule.alert, clock, own, ruleFiles));
    tests.push(`${name}.test.yml`);
  }
  return { files, tests };
}

/** The records that an alert reads, and those that they read: a month of windows is dear when days pass in a story. */
function needed({ alert }: RuleAlert, records: readonly RecordingRule[]): readonly RecordingRule[] {
  const read = new Set<MetricEntry>(alert.branches.flatMap(({ expression }) => expression.metrics));
  for (const { record, expression } of records.toReversed()) {
    if (read.has(record)) for (const metric of expression.metrics) read.add(metric);
  }
  return records.filter(({ record }) => read.has(record));
}
