/** The emitted runbooks as they are now. A page is served only if it was found in the folder: a path is never made from a request. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { RunbookEntry } from './answers.ts';

const kinds = ['index', 'runbook', 'alert'] as const satisfies readonly RunbookEntry['kind'][];

/** The index first, then runbooks, then the pages of alerts, each by title; none where there is no folder. */
export async function readRunbooks(folder: string): Promise<readonly RunbookEntry[]> {
  const paths = await runbookPaths(folder);
  const entries = await Promise.all(
    paths.map(async (path) => ({ path, title: (await titleIn(folder, path)) ?? path, kind: kindOf(path) })),
  );
  return entries.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.title.localeCompare(b.title, 'en'));
}

/** Its Markdown, or undefined if there is no such page. */
export async function readRunbook(folder: string, path: string): Promise<string | undefined> {
  return (await runbookPaths(folder)).includes(path) ? readText(folder, path) : undefined;
}

async function runbookPaths(folder: string): Promise<readonly string[]> {
  const root = join(folder, 'runbooks');
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  // Of links, `isFile()` is false: nothing from outside the folder is served.
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)).split(sep).join('/'))
    .sort();
}

function readText(folder: string, path: string): Promise<string> {
  return readFile(join(folder, 'runbooks', path), 'utf8');
}

async function titleIn(folder: string, path: string): Promise<string | undefined> {
  const markdown = await readText(folder, path).catch(() => '');
  return /^# (.+)$/m.exec(markdown)?.[1]?.trim();
}

function kindOf(path: string): RunbookEntry['kind'] {
  if (path === 'README.md') return 'index';
  return path.startsWith('alerts/') ? 'alert' : 'runbook';
}
