/** What surrounds every page: a link past the bar, the bar, and the place that is read from after a click on a link. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { AlertsProvider } from './alerts/alerts-context.tsx';
import { ControlsProvider } from './controls-context.tsx';
import { heardNotSeen } from './heard-not-seen.ts';
import { usePagePlace } from './page-place.ts';
import { TopBar } from './top-bar.tsx';

export function Shell({ children }: React.PropsWithChildren): React.ReactElement {
  const style = useStyles2(getStyle);
  const content = usePagePlace();
  return (
    <ControlsProvider>
      <AlertsProvider>
        <a className={style} href="#main-content">
          Skip to the content
        </a>
        <TopBar />
        <div id="main-content" ref={content} tabIndex={-1} style={{ outline: 'none' }}>
          {children}
        </div>
      </AlertsProvider>
    </ControlsProvider>
  );
}

const getStyle = ({ colors, spacing, zIndex, shape }: GrafanaTheme2): string =>
  css({
    position: 'fixed',
    top: spacing(0.5),
    left: spacing(1),
    zIndex: zIndex.modal,
    padding: spacing(1, 2),
    color: colors.primary.contrastText,
    background: colors.primary.main,
    borderRadius: shape.radius.default,
    '&:not(:focus)': heardNotSeen,
  });
