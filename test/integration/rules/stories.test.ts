import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Promtool } from '../../../servers/promtool.ts';
import { allStories } from '../../rules/all-stories.ts';
import { recordFiles, recordTestFile } from '../../rules/record-files.ts';
import { recordStories } from '../../rules/record-stories.ts';
import { runMutants } from '../../rules/run-mutants.ts';
import { filesOf } from '../../rules/story-files.ts';
import { ruleAlert, storyAlerts, storyModel } from '../../rules/story-rules.ts';
import { promtoolGenerations } from './generations.ts';

let promtools: readonly Promtool[];
let folder: string;

beforeAll(async () => {
  promtools = await promtoolGenerations();
  folder = await mkdtemp(join(tmpdir(), 'telltale-stories-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What every generation of promtool objects to. */
async function objections(files: ReadonlyMap<string, string>, tests: readonly string[]): Promise<readonly string[]> {
  await Promise.all([...files].map(([file, text]) => writeFile(join(folder, file), text)));
  const results = await Promise.all(
    promtools.map(async (promtool) => {
      const { code, output } = await promtool.testRules(tests.map((test) => join(folder, test)));
      return code === 0 ? [] : [`promtool ${promtool.tool.version}: ${output}`];
    }),
  );
  return results.flat();
}

describe('rule stories', () => {
  it.each(storyAlerts(storyModel('1m')).map(({ name }) => name))('of %s come true', async (name) => {
    const { files, tests } = filesOf(allStories, (model) => {
      const alert = storyAlerts(model).find((one) => one.name === name);
      return alert === undefined ? undefined : ruleAlert(alert, model);
    });
    expect(await objections(files, tests)).toEqual([]);
  });

  it.each(recordStories)('come true: $title', async (story) => {
    expect(await objections(recordFiles(story), [recordTestFile])).toEqual([]);
  });

  it('kill every mutant of HighErrorRate, ServiceDown and the records of requests', async () => {
    const [promtool] = promtools;
    if (promtool === undefined) throw new Error('no promtool');
    const { survivors, total } = await runMutants({
      promtool,
      folder: join(folder, 'mutants'),
      workers: 2,
      only: (mutant) => /^(HighErrorRate|ServiceDown|service:http_requests:rate5m) /.test(mutant),
    });
    expect(survivors).toEqual([]);
    expect(total).toBeGreaterThan(30);
  });
});
