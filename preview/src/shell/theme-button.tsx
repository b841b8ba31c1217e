/** Switches between dark and light, and says which one comes. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { heardNotSeen } from './heard-not-seen.ts';
import { type Mode, useThemeSwitch } from './theme.tsx';

const opposite: Readonly<Record<Mode, { readonly word: string; readonly shape: string }>> = {
  dark: {
    word: 'Light',
    shape:
      'M8 4.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8ZM7.3.6h1.4v2.2H7.3ZM7.3 13.2h1.4v2.2H7.3ZM.6 7.3h2.2v1.4H.6ZM13.2 7.3h2.2v1.4h-2.2Z',
  },
  light: { word: 'Dark', shape: 'M6.2 1.4a6.8 6.8 0 1 0 8.4 8.4A5.6 5.6 0 0 1 6.2 1.4Z' },
};

export function ThemeButton(): React.ReactElement {
  const style = useStyles2(getStyle);
  const { mode, toggle } = useThemeSwitch();
  const { word, shape } = opposite[mode];
  return (
    <button type="button" className={style} aria-label={`${word} theme`} onClick={toggle}>
      <svg width={14} height={14} viewBox="0 0 16 16" aria-hidden>
        <path d={shape} fill="currentColor" />
      </svg>
      <span>{word}</span>
    </button>
  );
}

const getStyle = ({ colors, spacing, typography, shape, breakpoints }: GrafanaTheme2): string =>
  css({
    ...typography.bodySmall,
    display: 'flex',
    alignItems: 'center',
    gap: spacing(0.75),
    height: 28,
    padding: spacing(0, 1),
    color: colors.text.secondary,
    background: 'transparent',
    border: `1px solid ${colors.border.weak}`,
    borderRadius: shape.radius.default,
    cursor: 'pointer',
    '&:hover': { color: colors.text.primary, borderColor: colors.border.medium },
    [breakpoints.down('sm')]: { span: heardNotSeen },
    '&:focus-visible': { outline: `2px solid ${colors.primary.main}`, outlineOffset: 1 },
  });
