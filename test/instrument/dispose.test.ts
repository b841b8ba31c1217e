import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const loader = fileURLToPath(new URL('../support/load-source.mjs', import.meta.url));
const script = fileURLToPath(new URL('fixtures/dispose.ts', import.meta.url));

it('a process that has disposed of everything ends by itself', async () => {
  // Killed after that: what it says then is missing, and the code is none.
  const ended = promisify(execFile)(process.execPath, [loader, script], { timeout: 20_000, killSignal: 'SIGKILL' });
  expect(await ended).toEqual({ stdout: 'disposed: 200 200 404\n', stderr: '' });
});
