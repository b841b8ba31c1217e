import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { findChromium } from '../../servers/chromium.ts';
import type { Environment } from '../../servers/find-tool.ts';
import { tempFolder } from '../../servers/process/temp-folder.ts';

let root: string;
let environment: Environment;

beforeEach(async () => {
  const folder = await tempFolder('chromium-test');
  onTestFinished(() => folder.remove());
  root = folder.path;
  environment = { TELLTALE_TOOLS: join(root, 'mine'), PATH: join(root, 'path') };
});

/** Puts a program into a folder that prints one line whatever it is asked. */
async function fake(path: string, line: string): Promise<string> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\necho '${line}'\n`);
  await chmod(file, 0o755);
  return file;
}

describe('findChromium()', () => {
  it.each([
    ['chromium', 'Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)', '156.0.8078.79'],
    ['chromium-browser', 'Chromium 121.0.1 Built on Ubuntu', '121.0.1'],
    ['google-chrome', 'Google Chrome 150.0.1 ', '150.0.1'],
  ])('takes %s from PATH', async (name, line, version) => {
    const path = await fake(`path/${name}`, line);
    expect(await findChromium(environment)).toEqual({ path, version });
  });

  it('prefers TELLTALE_TOOLS to PATH', async () => {
    await fake('path/chromium', 'Chromium 156.0.1');
    const path = await fake('mine/google-chrome-stable', 'Google Chrome 150.0.1');
    expect(await findChromium(environment)).toEqual({ path, version: '150.0.1' });
  });

  it('passes over one that is too old', async () => {
    await fake('mine/chromium', 'Chromium 90.0.1');
    const path = await fake('path/chromium', 'Chromium 156.0.1');
    expect(await findChromium(environment)).toEqual({ path, version: '156.0.1' });
  });

  it('says where it looked, why it took nothing, and what to install', async () => {
    const old = await fake('mine/chromium', 'Chromium 90.0.1');
    const stub = await fake('path/chromium-browser', 'Please install the chromium snap');
    await expect(findChromium(environment)).rejects.toMatchObject({
      code: 'TELLTALE_SERVER',
      message: [
        'Cannot start Chromium as no copy of at least 120 was found:',
        `    TELLTALE_TOOLS: ${old} is 90.0.1, older than 120`,
        `    PATH: ${stub} does not say its version`,
        'What to do: install it (Debian: apt-get install chromium), or put a link called "chromium" into a folder and set TELLTALE_TOOLS to that.',
      ].join('\n'),
    });
  });

  it('says that TELLTALE_TOOLS is not set', async () => {
    await expect(findChromium({ PATH: root })).rejects.toThrow('TELLTALE_TOOLS: not set');
  });
});
