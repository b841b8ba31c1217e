/** The emitted dashboards as they are now: the folder is read for each request, so that a reload shows a new `generate`. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { dashboardUids } from '../dashboards/panel.ts';
import { generatedMarker } from '../emit/generated-notice.ts';
import { TelltaleError } from '../errors.ts';
import type { DashboardEntry } from './answers.ts';

export type FoundDashboard = Dashboard | BrokenDashboard;

export interface Dashboard {
  readonly entry: DashboardEntry;
  /** As emitted. */
  readonly text: string;
}

/** Listed under the name of its file, so that one broken file does not hide the others. */
export interface BrokenDashboard {
  readonly entry: DashboardEntry;
  readonly problem: string;
}

/** @throws TELLTALE_OPTION when there is none */
export async function requireDashboards(folder: string): Promise<void> {
  if ((await dashboardFiles(folder)).length > 0) return;
  throw new TelltaleError('TELLTALE_OPTION', `Cannot preview "${folder}" as there is no dashboard in its dashboards/`, {
    fix: 'run "telltale generate" there, or name the folder that it wrote to with --folder',
  });
}

/** The shipped ones first, in the order in which they are read; then others by title. */
export async function readDashboards(folder: string): Promise<readonly FoundDashboard[]> {
  const files = await dashboardFiles(folder);
  const found = await Promise.all(files.map((file) => readDashboard(folder, file)));
  return found.sort((a, b) => rankOf(a) - rankOf(b) || a.entry.title.localeCompare(b.entry.title, 'en'));
}

async function dashboardFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, 'dashboards')).catch(() => []);
  return names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort();
}

async function readDashboard(folder: string, file: string): Promise<FoundDashboard> {
  const path = `dashboards/${file}`;
  try {
    const text = await readFile(join(folder, path), 'utf8');
    const { uid, title, description } = JSON.parse(text) as Record<string, unknown>;
    if (typeof uid !== 'string' || typeof title !== 'string' || uid === '' || title === '')
      return broken(path, 'it needs a uid and a title');
    return { entry: { uid, title, description: withoutNotice(description) }, text };
  } catch (error) {
    return broken(path, error instanceof SyntaxError ? `it is not JSON: ${error.message}` : reasonOf(error));
  }
}

function broken(path: string, reason: string): BrokenDashboard {
  const problem = `Cannot show ${path}: ${reason}`;
  return { entry: { uid: basename(path, '.json'), title: basename(path), description: problem }, problem };
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'it is no dashboard';
}

/** The question that the dashboard answers: what its description says before the generator's notice. */
function withoutNotice(description: unknown): string {
  return typeof description === 'string' ? (description.split(generatedMarker)[0] ?? '').trim() : '';
}

function rankOf({ entry }: FoundDashboard): number {
  const rank = (dashboardUids as readonly string[]).indexOf(entry.uid);
  return rank === -1 ? dashboardUids.length : rank;
}
