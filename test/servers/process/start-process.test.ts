import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../../servers/process/free-ports.ts';
import { isAlive, processTree } from '../../../servers/process/process-tree.ts';
import type { RunningProcess } from '../../../servers/process/running-process.ts';
import { startProcess, type ProcessOptions } from '../../../servers/process/start-process.ts';

/** Runs a line of JavaScript in a process of its own. */
async function start(script: string, more: Partial<ProcessOptions> = {}): Promise<RunningProcess> {
  const options = { name: 'example', command: process.execPath, args: ['-e', script], ready: /ready/ };
  const running = await startProcess({ ...options, ...more });
  onTestFinished(() => running.kill());
  return running;
}

const stayAlive = 'setInterval(() => {}, 1000);';

async function fails(): Promise<boolean> {
  throw new Error('still loading');
}

describe('startProcess()', () => {
  it('waits for a pattern in the log', async () => {
    const running = await start(`setTimeout(() => console.error('now ready'), 100); ${stayAlive}`);
    expect(running.log()).toBe('now ready\n');
  });

  it('waits for a URL to answer 200', async () => {
    const port = await freePort();
    const script = `let asked = 0; require('node:http').createServer((_, res) => {
      res.statusCode = ++asked < 3 ? 503 : 200; res.end(String(asked));
    }).listen(${port}, '127.0.0.1')`;
    await start(script, { ready: `http://127.0.0.1:${port}/` });
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('4');
  });

  it('asks a question until the answer is yes, an error meaning not yet', async () => {
    let asked = 0;
    const ready = async (): Promise<boolean> => {
      asked += 1;
      if (asked === 1) throw new Error('too early');
      return asked === 3;
    };
    await start(stayAlive, { ready });
    expect(asked).toBe(3);
  });

  it('passes arguments, environment and folder', async () => {
    const script =
      'console.log([process.argv[1], process.env.GIVEN, process.env.HOME, process.cwd()].join(), "ready");';
    const options = { args: ['-e', `${script} ${stayAlive}`, 'x'], env: { GIVEN: 'yes', HOME: undefined }, cwd: '/' };
    expect((await start('', options)).log()).toBe('x,yes,,/ ready\n');
  });

  it('shows the end of the log when it ends early', async () => {
    const script = `for (let n = 1; n <= 40; n++) console.log('line ' + n); process.exitCode = 3;`;
    const message = await start(script, { ready: /never/ }).catch((error: Error) => error.message);
    expect(message).toMatch(
      /^Cannot start example as it ended early \(exit code 3\). The end of its log:\n {2}line 11\n/,
    );
    expect(message).toContain('  line 40\nIt was started with: ');
  });

  it('kills what is not ready in time, and says what the last answer was', async () => {
    const script = `console.log(process.pid); ${stayAlive}`;
    const started = start(script, { ready: fails, timeoutMillis: 400 });
    const message = await started.then(String, (error: Error) => error.message);
    const pid = Number(/^ {2}(\d+)$/m.exec(message)?.[1]);
    expect(message).toContain('as it was not ready after 0.4 s, the last answer was: still loading');
    expect(isAlive(pid)).toBe(false);
  });

  it('says so when there is no such program', async () => {
    const started = start('', { command: '/nowhere/prometheus' });
    await expect(started).rejects.toThrow(/Cannot start example as it ended early \(it could not be run\)[^]*ENOENT/);
  });
});

describe('a running process', () => {
  it('stops at SIGTERM and reports how it ended', async () => {
    const running = await start(`process.on('SIGTERM', () => process.exit(5)); console.log('ready'); ${stayAlive}`);
    await running.stop();
    await running.stop();
    expect(await running.exited).toEqual({ code: 5, signal: null });
  });

  it('is killed when it does not stop within the grace period', async () => {
    const script = `process.on('SIGTERM', () => {}); console.log('ready'); ${stayAlive}`;
    const running = await start(script, { graceMillis: 100 });
    await running.stop();
    expect(await running.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('takes its children along, even those in sessions of their own', async () => {
    const script = `for (const detached of [true, false])
        require('node:child_process').spawn(process.execPath, ['-e', '${stayAlive}'], { detached, stdio: 'ignore' });
      console.log('ready'); ${stayAlive}`;
    const running = await start(script);
    const tree = processTree(running.pid);
    expect(tree).toHaveLength(3);
    await running.kill();
    expect(tree.filter(isAlive)).toEqual([]);
  });

  it('stands still while it is paused, and can be stopped then', async () => {
    const running = await start(`console.log('ready'); setInterval(() => console.log('tick'), 10);`);
    const grows = async (): Promise<boolean> => {
      const before = running.log().length;
      await new Promise((resolve) => setTimeout(resolve, 150));
      return running.log().length > before;
    };
    running.pause();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await grows()).toBe(false);
    running.resume();
    expect(await grows()).toBe(true);
    running.pause();
    await running.stop();
    expect(await running.exited).toEqual({ code: null, signal: 'SIGTERM' });
  });
});
