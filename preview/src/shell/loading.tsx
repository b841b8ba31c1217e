/** Shown while something is fetched, unless it is there at once. */
import { css, keyframes } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

export function Loading(): React.ReactElement {
  return (
    <div role="status" aria-label="Loading" className={useStyles2(getStyle)}>
      <span />
    </div>
  );
}

const turn = keyframes({ to: { transform: 'rotate(1turn)' } });
const appear = keyframes({ from: { opacity: 0 } });

const getStyle = ({ colors }: GrafanaTheme2): string =>
  css({
    display: 'grid',
    placeItems: 'center',
    minHeight: 200,
    span: {
      width: 28,
      height: 28,
      border: `3px solid ${colors.border.medium}`,
      borderTopColor: colors.primary.main,
      borderRadius: '50%',
      animation: `${turn} 0.9s linear infinite, ${appear} 0.2s 0.3s backwards`,
    },
    '@media (prefers-reduced-motion: reduce)': { span: { animation: 'none' } },
  });
