/** The first page: is anything wrong, what do the boards say, and where to go. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useInfo } from '../shell/info-context.tsx';
import { Page } from '../shell/page.tsx';
import { AlertList } from './alerts/alert-list.tsx';
import { Verdict } from './alerts/verdict.tsx';
import { AlertmanagerSection } from './alertmanager-section.tsx';
import { BoardCards } from './boards/board-cards.tsx';
import { ControlsSection } from './controls/controls-section.tsx';
import { RunbookIndexProvider } from './runbook-index.tsx';
import { RunbookSection } from './runbook-section.tsx';

export function StartPage(): React.ReactElement {
  const { alertmanager, controls } = useInfo();
  return (
    <RunbookIndexProvider>
      <Page>
        <div className={useStyles2(getStyle)}>
          <Verdict />
          <BoardCards />
          <div className="columns">
            <div className="controls">{controls && <ControlsSection />}</div>
            <div className="alerts">
              <AlertList />
            </div>
            <div className="others">
              {alertmanager !== undefined && <AlertmanagerSection address={alertmanager} />}
              <RunbookSection />
            </div>
          </div>
        </div>
      </Page>
    </RunbookIndexProvider>
  );
}

const getStyle = ({ spacing, breakpoints }: GrafanaTheme2): string =>
  css({
    display: 'grid',
    gap: spacing(3),
    gridTemplateColumns: 'minmax(0, 1fr)',
    '.columns': {
      display: 'grid',
      columnGap: spacing(3),
      gridTemplate: '"alerts controls" auto "alerts others" 1fr / minmax(0, 1fr) minmax(380px, 34%)',
    },
    '.controls': { gridArea: 'controls' },
    '.alerts': { gridArea: 'alerts' },
    '.others': { gridArea: 'others' },
    '.columns section': { marginBottom: spacing(3) },
    [breakpoints.down('lg')]: { '.columns': { display: 'block' } },
  });
