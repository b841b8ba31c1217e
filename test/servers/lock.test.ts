import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { withLock } from '../../servers/lock.ts';
import { runCommand } from '../../servers/process/run-command.ts';
import { tempFolder } from '../../servers/process/temp-folder.ts';

let file: string;

beforeEach(async () => {
  const folder = await tempFolder('lock-test');
  onTestFinished(() => folder.remove());
  file = join(folder.path, 'deep', 'lock');
});

describe('withLock()', () => {
  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    const enter = async (): Promise<void> => {
      most = Math.max(most, (inside += 1));
      await sleep(20);
      inside -= 1;
    };
    await Promise.all([withLock(file, enter), withLock(file, enter), withLock(file, enter)]);
    expect(most).toBe(1);
  });

  it('is free again after a failure', async () => {
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(file)).toBe(false);
  });

  it('takes over from a process that is gone', async () => {
    const { stdout: goneId } = await runCommand('sh', ['-c', 'echo $$']);
    await withLock(file, async () => {});
    await writeFile(file, `${goneId.trim()} ${hostname()}\n`);
    expect(await withLock(file, async () => 'in')).toBe('in');
  });
});
