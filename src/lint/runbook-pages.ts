/** Every alert has a page of its name, and no page is without an alert. */
import { perPage, type RunbookInput, type RunbookProblem } from './runbook-problem.ts';

export function checkPages({ pack, files }: RunbookInput): readonly RunbookProblem[] {
  const alerts = new Map(pack.alerts.map((joined) => [joined.pagePath, joined]));
  const missing = [...alerts.keys(), ...pack.runbooks.map(({ id }) => `runbooks/${id}.md`)].filter(
    (path) => !files.has(path),
  );
  const misnamed = pack.alerts.filter(
    ({ alert, page, pagePath }) => page.alert !== alert.name || pagePath !== `runbooks/alerts/${alert.name}.md`,
  );
  return [
    ...missing.map((page) => ({ page, problem: 'is not there, though an alert or runbook has it' })),
    ...misnamed.map(({ alert, pagePath }) => ({ page: pagePath, problem: `is not named after alert "${alert.name}"` })),
    ...perPage(files, (text, page) => {
      const orphan = page.startsWith('runbooks/alerts/') && !alerts.has(page);
      const title = /^# (.*)$/m.exec(text)?.[1];
      const wrongTitle = alerts.has(page) && title !== alerts.get(page)?.alert.name;
      return [
        ...(orphan ? ['belongs to no alert'] : []),
        ...(wrongTitle ? [`is titled "${title ?? ''}", not as its alert`] : []),
      ];
    }),
  ];
}
