/** Run as a program of its own by live.test.ts: starts a child and a temporary folder, says so, and ends as it is told. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processTree } from '../../../servers/process/process-tree.ts';
import { startProcess } from '../../../servers/process/start-process.ts';
import { tempFolder } from '../../../servers/process/temp-folder.ts';

/** In a session of its own, as PostgreSQL's processes are: it ends when it notices that its parent is gone. */
const grandchild = `process.stdin.on('end', () => process.exit()).resume();`;
const script = `
  const options = { detached: true, stdio: ['pipe', 'ignore', 'ignore'] };
  const grandchild = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], options);
  process.on('SIGTERM', () => process.exit(7));
  console.log('ready');
`;

const folder = await tempFolder('live-test');
await writeFile(join(folder.path, 'file'), 'data');
const child = await startProcess({ name: 'child', command: process.execPath, args: ['-e', script], ready: /ready/ });
const pids = processTree(child.pid);

async function stopProperly(): Promise<void> {
  await child.stop();
  process.exit((await child.exited).code === 7 ? 4 : 5);
}

const endings: Readonly<Record<string, () => void>> = {
  wait: () => {},
  freeze: () => child.pause(),
  exit: () => void setImmediate(() => process.exit(3)),
  throw: () => {
    setImmediate(() => {
      throw new Error('uncaught');
    });
  },
  handle: () => process.on('SIGTERM', () => void stopProperly()),
};
endings[process.argv[2] ?? 'wait']?.();
process.stdout.write(`${JSON.stringify({ pids, folder: folder.path })}\n`);
