import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defineConfig } from '../../src/config/config.ts';
import { defineMetric } from '../../src/config/define-metric.ts';
import { loadConfigFile } from '../../src/config/load.ts';
import { toModel } from '../../src/config/to-model.ts';
import { validateConfig } from '../../src/config/validate.ts';

const modules = { 'telltale/generate': { defineConfig, defineMetric } };
const importing = "import { defineConfig } from 'telltale/generate';\n";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-config-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

describe('loadConfigFile()', () => {
  it.each([
    [
      'telltale.config.ts',
      `${importing}const name: string = 'a';\nexport default defineConfig({ environment: name });`,
    ],
    ['telltale.config.mts', `${importing}export default defineConfig({ environment: 'a' as const });`],
    ['telltale.config.js', `${importing}export default defineConfig({ environment: 'a' });`],
    ['telltale.config.mjs', `${importing}export default defineConfig({ environment: 'a' });`],
    ['telltale.config.json', '{ "environment": "a" }'],
  ])('loads %s', async (name, text) => {
    await write(name, text);
    expect(await loadConfigFile({ folder, modules })).toEqual({
      file: join(folder, name),
      value: { environment: 'a' },
    });
  });

  it('prefers an explicit file, then TypeScript', async () => {
    await write('telltale.config.json', '{ "environment": "json" }');
    await write('telltale.config.ts', "export default { environment: 'ts' };");
    await write('other.json', '{ "environment": "other" }');
    expect((await loadConfigFile({ folder, modules })).value).toEqual({ environment: 'ts' });
    expect((await loadConfigFile({ folder, modules, path: 'other.json' })).value).toEqual({ environment: 'other' });
  });

  it('takes a folder that is relative to the working folder', async () => {
    await write('telltale.config.ts', "export default { environment: 'a' };");
    const loaded = await loadConfigFile({ folder: relative(process.cwd(), folder), modules });
    expect(loaded).toEqual({ file: join(folder, 'telltale.config.ts'), value: { environment: 'a' } });
  });

  it('loads modules that the config imports', async () => {
    await write('services.ts', "export const services = [{ name: 'a', url: 'http://a' }] as const;");
    await write('telltale.config.ts', "import { services } from './services.ts';\nexport default { services };");
    expect((await loadConfigFile({ folder, modules })).value).toEqual({ services: [{ name: 'a', url: 'http://a' }] });
  });

  it('says what it looked for', async () => {
    await expect(loadConfigFile({ folder, modules })).rejects.toMatchObject({
      code: 'TELLTALE_CONFIG',
      message: `Cannot find a config as "${folder}" has none: looked for "telltale.config.ts", "telltale.config.mts", "telltale.config.js", "telltale.config.mjs" and "telltale.config.json"`,
      fix: 'write telltale.config.ts with "export default {}" for the shipped pack, or name a file with --config',
    });
  });

  it('says that an explicit file is not there', async () => {
    await expect(loadConfigFile({ folder, modules, path: 'x.ts' })).rejects.toMatchObject({
      code: 'TELLTALE_CONFIG',
      message: `Cannot use "${join(folder, 'x.ts')}" as a config: there is no such file`,
    });
  });

  it.each([
    ['telltale.config.ts', 'export default {', /^Cannot evaluate ".*telltale\.config\.ts" as a config: /],
    ['telltale.config.ts', "throw new Error('no token');", /as a config: no token$/],
    ['telltale.config.ts', "import 'not-there'; export default {};", /as a config: Cannot find module 'not-there'/],
    ['telltale.config.json', '{', /^Cannot evaluate ".*telltale\.config\.json" as a config: /],
  ])('keeps the cause of a %s that cannot be evaluated: %s', async (name, text, message) => {
    await write(name, text);
    await expect(loadConfigFile({ folder, modules })).rejects.toMatchObject({
      code: 'TELLTALE_CONFIG',
      message: expect.stringMatching(message),
      cause: expect.any(Error),
    });
  });

  it('insists on a default export', async () => {
    await write('telltale.config.ts', 'export const config = {};');
    await expect(loadConfigFile({ folder, modules })).rejects.toMatchObject({
      message: `Cannot use "${join(folder, 'telltale.config.ts')}" as a config: it has no default export`,
    });
  });

  it('finds that the config of this repository means what an empty one means', async () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const { value } = await loadConfigFile({ folder: root, modules });
    expect(toModel(validateConfig(value))).toEqual(toModel({}));
  });
});
