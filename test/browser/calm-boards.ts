/** Every dashboard under ordinary traffic: each panel draws data, or says what it waits for, and nobody complains. */
import { beforeAll, describe, expect, it } from 'vitest';
import { dashboardUids, dataPanels, emittedDashboard, panelOf, type DashboardUid } from './emitted.ts';
import type { Live } from './live-preview.ts';
import { openAll, panelById, panelStates, patience } from './panels.ts';
import { untilData } from './until-data.ts';
import { newVisit } from './visit.ts';

interface QuietPanel {
  readonly uid: DashboardUid;
  /** Its key. */
  readonly panel: string;
  /** What it says until it has something to show. */
  readonly says: string;
}

/** All that may be empty. They wait for a request that fails, an alert, or a week: provoked-boards.ts gives them that. */
const quietPanels: readonly QuietPanel[] = [
  {
    uid: 'telltale-business',
    panel: 'activity-against-last-week',
    says: 'There is no history of a week, or there was too little activity then',
  },
  { uid: 'telltale-errors', panel: 'alerts-firing-now', says: 'none' },
  { uid: 'telltale-errors', panel: 'alerts-pending-now', says: 'none' },
  { uid: 'telltale-errors', panel: 'alerts-firing', says: 'No alert is pending or firing' },
  { uid: 'telltale-errors', panel: 'alerts-raised', says: 'No alert has fired in 7 days' },
  { uid: 'telltale-errors', panel: 'server-errors', says: 'No request has been answered with a 5xx' },
  { uid: 'telltale-errors', panel: 'errors-by-status', says: 'No request has been answered with a 5xx' },
  { uid: 'telltale-errors', panel: 'failing-endpoints', says: 'No request was answered with a 5xx' },
  { uid: 'telltale-errors', panel: 'errors-by-route', says: 'The application raised no error in the last hour' },
];

export function calmBoards(live: Live): void {
  describe('under ordinary traffic', () => {
    beforeAll(() => untilData(live(), { allowed: ['data', 'quiet'] }));

    it.each(dashboardUids)(
      'each panel of %s draws data, or says what it waits for, without a complaint',
      async (uid) => {
        const { page, troubles, origins } = await newVisit(live());
        const dashboard = emittedDashboard(live().lab.folder, uid);
        const quiet = quietPanels.filter((panel) => panel.uid === uid);
        const quietIds = quiet.map(({ panel }) => panelOf(dashboard, panel).id);
        const stateOf = (id: number): string => (quietIds.includes(id) ? 'empty' : 'data');
        await openAll(page, uid);
        expect(await panelStates(page)).toEqual(
          Object.fromEntries(dataPanels(dashboard).map(({ id }) => [id, stateOf(id)])),
        );
        for (const [index, { says }] of quiet.entries()) {
          const text = (): Promise<string> => panelById(page, quietIds[index] ?? 0).innerText();
          await expect.poll(async () => (await text()).split('\n').at(-1), patience).toBe(says);
        }
        expect(troubles).toEqual([]);
        expect([...origins]).toEqual([live().url]);
      },
    );

    it.each([
      ['the start page', '/', '[data-card][aria-busy=false]'],
      ['the list of runbooks', '/runbooks/', 'article h1'],
      ['a runbook', '/runbooks/troubleshooting.md', 'article h1'],
    ])('%s is shown without a complaint', async (_name, path, content) => {
      const { page, troubles, origins } = await newVisit(live());
      await page.goto(path);
      await page.locator(content).first().waitFor();
      expect(troubles).toEqual([]);
      expect([...origins]).toEqual([live().url]);
    });
  });
}
