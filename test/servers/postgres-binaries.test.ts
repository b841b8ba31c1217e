import { mkdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { hydrate } from '../../servers/postgres-binaries.ts';
import { runCommand } from '../../servers/process/run-command.ts';
import { tempFolder } from '../../servers/process/temp-folder.ts';

it("hydrate() does what the package's install script would have done, and can be repeated", async () => {
  const temp = await tempFolder('hydrate-test');
  onTestFinished(() => temp.remove());
  const native = join(temp.path, 'native');
  await mkdir(join(native, 'bin'), { recursive: true });
  await mkdir(join(native, 'lib'));
  for (const name of ['postgres', 'initdb']) await writeFile(join(native, 'bin', name), '#!/bin/sh\n', { mode: 0o644 });
  await writeFile(join(native, 'lib/libpq.so.5.18'), 'a library');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links));

  await hydrate(native);
  await hydrate(native);

  expect(await readlink(join(native, 'lib/libpq.so.5'))).toBe('libpq.so.5.18');
  expect(await readFile(join(native, 'lib/libpq.so.5'), 'utf8')).toBe('a library');
  expect(await runCommand(join(native, 'bin/postgres'), [])).toMatchObject({ code: 0 });
});
