import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findDrift } from '../../src/emit/drift.ts';
import { generate, loadConfig } from '../../src/generate.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the committed files', () => {
  it('are what the committed config generates', async () => {
    const { added, changed, removed } = await findDrift(generate(await loadConfig({ folder: root })), root);
    const stale = [...added, ...[...changed, ...removed].map(({ path }) => path)];
    expect(stale, 'run: npm run generate').toEqual([]);
  });

  it('hold 5 dashboards, 15 alerts and 6 runbooks', async () => {
    const files = [...generate(await loadConfig({ folder: root })).keys()];
    const rules = await Promise.all(
      files.filter((file) => file.startsWith('alerts/')).map((file) => readFile(`${root}/${file}`, 'utf8')),
    );
    expect(files.filter((file) => /^dashboards\/.*\.json$/.test(file))).toHaveLength(5);
    expect(rules.join('').match(/^ +- alert: /gm)).toHaveLength(15);
    expect(files.filter((file) => /^runbooks\/[a-z-]+\.md$/.test(file))).toHaveLength(6);
  });
});
