/** A dashboard: its controls, and its panels or one of them alone. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { Dashboard } from '@grafana/schema';
import { PortalContainer, useStyles2 } from '@grafana/ui';
import { useLayoutEffect, useRef } from 'react';
import { usePageTitle } from '../shell/page-title.ts';
import { DashboardGrid } from './grid/dashboard-grid.tsx';
import { SinglePanel } from './grid/single-panel.tsx';
import { useInPageLinks } from './in-page-links.ts';
import { DashboardStateProvider, useDashboardState } from './state/dashboard-state.ts';
import { Toolbar } from './toolbar/toolbar.tsx';

export function DashboardView({ dashboard }: { readonly dashboard: Dashboard }): React.ReactElement {
  const state = useDashboardState(dashboard);
  const { viewPanel } = state.address;
  usePageTitle(dashboard.title);
  useInPageLinks();
  useScrollOfGrid(viewPanel !== undefined);
  useRoomForToolbar();
  return (
    <DashboardStateProvider value={state}>
      <main className={useStyles2(getStyle)}>
        <Toolbar />
        {viewPanel === undefined ? <DashboardGrid /> : <SinglePanel id={viewPanel} />}
      </main>
      <PortalContainer />
    </DashboardStateProvider>
  );
}

/** Who comes back from one panel finds the dashboard where it was left. */
function useScrollOfGrid(isAlone: boolean): void {
  const gridScroll = useRef(0);
  useLayoutEffect(() => {
    if (isAlone) {
      scrollTo(0, 0);
      return;
    }
    // The panels are laid out once their place was measured: before the next frame.
    const { current } = gridScroll;
    const frame = requestAnimationFrame(() => scrollTo(0, current));
    const remember = (): void => {
      gridScroll.current = scrollY;
    };
    addEventListener('scroll', remember, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', remember);
    };
  }, [isAlone]);
}

/** What gets the focus is not scrolled below the bars at the top. */
function useRoomForToolbar(): void {
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    style.scrollPaddingTop = matchMedia('(min-width: 769px)').matches ? '150px' : '50px';
    return () => {
      style.scrollPaddingTop = '';
    };
  }, []);
}

const getStyle = ({ spacing, breakpoints }: GrafanaTheme2): string =>
  css({
    padding: spacing(0, 2, 4),
    [breakpoints.down('md')]: { padding: spacing(0, 1, 4) },
  });
