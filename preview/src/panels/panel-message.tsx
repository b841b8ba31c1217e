/** A sentence in the middle of a panel, as Grafana shows "No data". */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

interface Props {
  readonly children: React.ReactNode;
  readonly tone?: 'quiet' | 'error';
}

export function PanelMessage({ children, tone = 'quiet' }: Props): React.ReactElement {
  return (
    <div className={useStyles2(getStyle)} role={tone === 'error' ? 'alert' : undefined} data-tone={tone}>
      <p>{children}</p>
    </div>
  );
}

const getStyle = ({ colors, spacing, typography }: GrafanaTheme2): string =>
  css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    height: '100%',
    padding: spacing(0, 1),
    overflow: 'auto',
    color: colors.text.secondary,
    fontSize: typography.size.lg,
    textAlign: 'center',
    p: { maxWidth: '60ch', maxHeight: '100%', margin: 0, overflowWrap: 'anywhere' },
    '&[data-tone=error]': { color: colors.error.text, fontSize: typography.size.md },
  });
