/** Record stories as files for promtool. */
import type { RecordingRule } from '../../src/alerts/alert.ts';
import { allRecords } from '../../src/alerts/recording-rules.ts';
import { toModel } from '../../src/config/to-model.ts';
import { yamlBody } from '../../src/emit/yaml.ts';
import type { Model } from '../../src/model/model.ts';
import type { RecordStory } from './record-stories.ts';
import { recordText } from './story-rules.ts';
import type { Labels } from './story.ts';

const clock = '1m';

/** Rules and test of one story. A mutant comes as other records. */
export function recordFiles(
  story: RecordStory,
  recordsOf: (model: Model) => readonly RecordingRule[] = allRecords,
): ReadonlyMap<string, string> {
  const model = toModel({ ...story.config, timing: { scrapeInterval: clock, evaluationInterval: clock } });
  return new Map([
    ['records.yml', recordText(recordsOf(model), model)],
    ['records.test.yml', recordTest(story)],
  ]);
}

export const recordTestFile = 'records.test.yml';

function recordTest({ title, series, checks }: RecordStory): string {
  return yamlBody({
    rule_files: ['records.yml'],
    evaluation_interval: clock,
    tests: [
      {
        name: title,
        interval: clock,
        input_series: series.map(([name, values]) => ({ series: name, values })),
        promql_expr_test: checks.map(({ at, query, samples }) => ({
          expr: `round(${query}, 0.0001)`,
          eval_time: at,
          exp_samples: samples.map(([labels, value]) => ({ labels: labelText(labels), value })),
        })),
      },
    ],
  });
}

function labelText(labels: Labels): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}}`;
}
