/** Looks at running processes: who is whose child, and who is still alive. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process and all its descendants, parents before children. PostgreSQL's children have sessions of their own, so a signal to its group misses them. */
export function processTree(pid: number): readonly number[] {
  const parents = parentOfEach();
  const tree = [pid];
  for (const parent of tree) {
    for (const [child, itsParent] of parents) if (itsParent === parent) tree.push(child);
  }
  return tree;
}

/** False once it has ended, even if nobody has collected its exit status yet. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !/\) [ZX] /.test(readStat(pid));
}

/** Sends a signal to each process that is still there. */
export function signalEach(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    // 0 would mean our own group.
    if (pid === 0) continue;
    try {
      process.kill(pid, signal);
    } catch {
      // It ended meanwhile.
    }
  }
}

function parentOfEach(): ReadonlyMap<number, number> {
  return process.platform === 'linux' ? parentsFromProc() : parentsFromPs();
}

function parentsFromProc(): ReadonlyMap<number, number> {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  // "pid (name) state parent ...": the name may hold anything, even a bracket.
  return new Map(pids.map((pid) => [pid, Number(/^.*\) \S (\d+)/s.exec(readStat(pid))?.[1] ?? 0)]));
}

function parentsFromPs(): ReadonlyMap<number, number> {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return new Map([...table.matchAll(/(\d+)\s+(\d+)/g)].map(([, pid, parent]) => [Number(pid), Number(parent)]));
}

function readStat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}
