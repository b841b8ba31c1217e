/** Every Markdown file of a pack's runbooks: path -> text. */
import type { Pack } from '../stack/pack.ts';
import { alertPageText } from './alert-page.ts';
import { runbookText } from './runbook.ts';
import { runbookIndexPath, runbookIndexText } from './runbook-index.ts';

export function runbookFiles(pack: Pack): ReadonlyMap<string, string> {
  return new Map([
    ...pack.runbooks.map((runbook): [string, string] => [`runbooks/${runbook.id}.md`, runbookText(runbook, pack)]),
    ...pack.alerts.map((joined): [string, string] => [joined.pagePath, alertPageText(joined, pack)]),
    [runbookIndexPath, runbookIndexText(pack)],
  ]);
}
