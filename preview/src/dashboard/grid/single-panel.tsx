/** One panel over the whole page, and the way back. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { Panel, RowPanel } from '@grafana/schema';
import { Alert, Button, useStyles2 } from '@grafana/ui';
import { useEffect, useRef } from 'react';
import { PanelFrame } from '../panel/panel-frame.tsx';
import { changeAddress } from '../state/address.ts';
import { useDashboard } from '../state/dashboard-state.ts';
import { useElementSize } from '../state/element-size.ts';
import { findPanel } from './sections.ts';

const goBack = (): void => changeAddress({ viewPanel: undefined });

export function SinglePanel({ id }: { readonly id: number }): React.ReactElement {
  const { dashboard } = useDashboard();
  const element = useRef<HTMLDivElement>(null);
  const size = useElementSize(element);
  const panel = findPanel<Panel, RowPanel>(dashboard, id);
  useEscape(goBack);
  return (
    <div className={useStyles2(getStyle)}>
      <Button variant="secondary" size="sm" icon="arrow-left" onClick={goBack}>
        Back to dashboard
      </Button>
      <div ref={element} className="place">
        {panel === undefined ? (
          <Alert severity="warning" title={`This dashboard has no panel ${id}`} />
        ) : (
          size !== undefined && <PanelFrame key={id} panel={panel} {...size} isNear element={element} />
        )}
      </div>
    </div>
  );
}

/** What handles Escape itself (menus, pickers, tooltips) prevents its default. */
function useEscape(act: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isElsewhere =
        event.target instanceof Element && event.target.closest('input, [role=dialog], [role=menu]') !== null;
      if (event.key === 'Escape' && !event.defaultPrevented && !isElsewhere) act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [act]);
}

const getStyle = ({ spacing }: GrafanaTheme2): string =>
  css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: spacing(1),
    '.place': { width: '100%', height: 'calc(100dvh - 190px)', minHeight: 280 },
  });
