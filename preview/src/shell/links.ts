/** Where on this page an address leads that was written for Grafana or for the runbooks' home. */
import type { PreviewInfo } from '../../../src/preview/answers.ts';

/**
 * The in-page address of a board or a runbook that the server has; undefined for everything else.
 * @example inPageAddress('http://grafana.example/d/telltale-api?viewPanel=1', info) // '/d/telltale-api?viewPanel=1'
 */
export function inPageAddress(
  address: string,
  { dashboards, runbooks }: Pick<PreviewInfo, 'dashboards' | 'runbooks'>,
): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const uid = /\/d\/([^/]+)/.exec(url.pathname)?.[1];
  if (uid !== undefined && dashboards.some((each) => each.uid === uid)) {
    return `/d/${uid}${withoutTemplates(url)}${url.hash}`;
  }
  const path = /\/runbooks\/(.+\.md)$/.exec(url.pathname)?.[1];
  return path !== undefined && runbooks.some((each) => each.path === path) ? `/runbooks/${path}${url.hash}` : undefined;
}

/** The annotations of a rule are templates: a parameter that is one says nothing yet. */
function withoutTemplates({ searchParams }: URL): string {
  const kept = [...searchParams].filter(([, value]) => !value.includes('{{'));
  return kept.length === 0 ? '' : `?${new URLSearchParams(kept).toString()}`;
}
