/** What the page is told of the pack: the list of everything, one dashboard, one runbook. */
import { type Answer, jsonAnswer, problemAnswer, textAnswer } from './answer.ts';
import type { PreviewInfo } from './answers.ts';
import { readDashboards } from './dashboards-folder.ts';
import type { Exchange } from './exchange.ts';
import { readRunbook, readRunbooks } from './runbooks-folder.ts';

export async function previewAnswer({ site }: Exchange): Promise<Answer> {
  const { folder, from, refresh, controls } = site.options;
  const [scrapeIntervalSeconds, dashboards, runbooks] = await Promise.all([
    site.scrapeInterval(),
    readDashboards(folder),
    readRunbooks(folder),
  ]);
  const info: PreviewInfo = {
    prometheus: site.prometheus.address,
    ...(site.alertmanager === undefined ? {} : { alertmanager: site.alertmanager.address }),
    scrapeIntervalSeconds,
    dashboards: dashboards.map(({ entry }) => entry),
    runbooks,
    ...(from === undefined ? {} : { from }),
    ...(refresh === undefined ? {} : { refresh }),
    controls: controls !== undefined,
  };
  return jsonAnswer(info);
}

export async function dashboardAnswer({ site, rest: uid }: Exchange): Promise<Answer> {
  const dashboards = await readDashboards(site.options.folder);
  const found = dashboards.find(({ entry }) => entry.uid === uid);
  if (found === undefined) {
    const known = dashboards.map(({ entry }) => entry.uid).join(', ') || 'none: run "telltale generate"';
    return problemAnswer(404, `Cannot find this dashboard: known are ${known}`);
  }
  return 'problem' in found ? problemAnswer(500, found.problem) : textAnswer(found.text, 'application/json');
}

export async function runbookAnswer({ site, rest: path }: Exchange): Promise<Answer> {
  try {
    const markdown = await readRunbook(site.options.folder, path);
    if (markdown !== undefined) return textAnswer(markdown, 'text/plain');
    return problemAnswer(404, 'Cannot find this runbook: those that there are stand in the list of runbooks');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return problemAnswer(500, `Cannot show runbooks/${path}: ${reason}`);
  }
}
