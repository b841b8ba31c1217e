import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { relocate } from '../../../servers/debian/relocate.ts';
import { runCommand } from '../../../servers/process/run-command.ts';
import { tempFolder } from '../../../servers/process/temp-folder.ts';

describe.runIf(process.platform === 'linux')('relocate()', () => {
  it('lets a program find its data wherever it was unpacked, in any working directory', async () => {
    const temp = await tempFolder('relocate-test');
    onTestFinished(() => temp.remove());
    const root = join(temp.path, 'new');
    await mkdir(join(root, 'usr/bin'), { recursive: true });
    await mkdir(join(root, 'usr/share/telltale/example'), { recursive: true });
    await writeFile(join(root, 'usr/share/telltale/example/greeting'), 'hello\n');
    await writeFile(join(root, 'usr/bin/greet'), '#!/bin/sh\ncat /usr/share/telltale/example/greeting\necho "$@"\n');
    await chmod(join(root, 'usr/bin/greet'), 0o755);

    await relocate(root, '/usr/share/telltale/example');
    await rename(root, join(temp.path, 'kept'));

    const result = await runCommand(join(temp.path, 'kept/usr/bin/greet'), ['two words', '*'], { cwd: '/' });
    expect(result).toMatchObject({ code: 0, output: 'hello\ntwo words *\n' });
  });

  it('refuses a path too short to be replaced', async () => {
    await expect(relocate('/nowhere', '/usr/share')).rejects.toThrow(
      'Cannot relocate /usr/share as its path is shorter',
    );
  });
});
