import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isAlive } from '../../../servers/process/process-tree.ts';

const script = new URL('example-parent.ts', import.meta.url).pathname;

interface Started {
  readonly parent: ChildProcess;
  readonly pids: readonly number[];
  readonly folder: string;
}

async function startParent(ending: string): Promise<Started> {
  const parent = spawn(process.execPath, ['--import', 'jiti/register', script, ending], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  return { parent, ...(JSON.parse(line.toString()) as { pids: number[]; folder: string }) };
}

async function endOf(parent: ChildProcess): Promise<unknown> {
  if (parent.exitCode === null && parent.signalCode === null) await once(parent, 'exit');
  return parent.signalCode ?? parent.exitCode;
}

/** What is still there, after giving the watchdog the moment it needs. */
async function leftBehind({ pids, folder }: Started): Promise<readonly string[]> {
  const left = (): string[] => [...pids.filter(isAlive).map(String), ...(existsSync(folder) ? [folder] : [])];
  for (let waited = 0; waited < 3000 && left().length > 0; waited += 50) await sleep(50);
  return left();
}

describe('what a process has started', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)('ends with it at %s', async (signal) => {
    const started = await startParent('wait');
    expect([...started.pids.map(isAlive), existsSync(started.folder)]).toEqual([true, true, true]);
    started.parent.kill(signal);
    expect(await endOf(started.parent)).toBe(signal);
    expect(await leftBehind(started)).toEqual([]);
  });

  it('ends with it at SIGKILL even if it is frozen', async () => {
    const started = await startParent('freeze');
    started.parent.kill('SIGKILL');
    await endOf(started.parent);
    expect(await leftBehind(started)).toEqual([]);
  });

  it.each([
    ['process.exit()', 'exit', 3],
    ['an uncaught error', 'throw', 1],
  ])('ends with it at %s', async (_, ending, code) => {
    const started = await startParent(ending);
    expect(await endOf(started.parent)).toBe(code);
    expect(await leftBehind(started)).toEqual([]);
  });

  it('is left to a signal handler of the program itself', async () => {
    const started = await startParent('handle');
    started.parent.kill('SIGTERM');
    expect(await endOf(started.parent)).toBe(4);
    expect(await leftBehind(started)).toEqual([]);
  });
});
