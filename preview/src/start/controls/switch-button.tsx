/** Breaks and mends: pressed while something is broken. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useId } from 'react';
import type { SwitchedControl } from '../../shell/controls-context.tsx';

interface SwitchButtonProps {
  readonly control: SwitchedControl;
  /** Id of the element that says what is switched. */
  readonly labelledBy: string;
  readonly onTurn: () => void;
}

export function SwitchButton({ control: { on, busy }, labelledBy, onTurn }: SwitchButtonProps): React.ReactElement {
  const id = useId();
  return (
    <button
      type="button"
      id={id}
      className={useStyles2(getStyle)}
      aria-labelledby={`${id} ${labelledBy}`}
      aria-pressed={on}
      aria-busy={busy}
      onClick={() => {
        if (!busy) onTurn();
      }}
    >
      {wordOf(on, busy)}
    </button>
  );
}

function wordOf(on: boolean, busy: boolean): string {
  if (busy) return on ? 'Stopping' : 'Starting';
  return on ? 'Stop' : 'Break';
}

const getStyle = ({ colors, spacing, typography, shape }: GrafanaTheme2): string =>
  css({
    ...typography.body,
    fontWeight: typography.fontWeightMedium,
    minWidth: 84,
    height: 32,
    padding: spacing(0, 1.5),
    border: `1px solid ${colors.warning.border}`,
    borderRadius: shape.radius.default,
    background: 'transparent',
    color: colors.warning.text,
    cursor: 'pointer',
    '&:hover': { background: colors.warning.transparent },
    '&[aria-pressed=true]': { background: colors.warning.main, color: colors.warning.contrastText },
    '&[aria-pressed=true]:hover': { background: colors.warning.shade },
    '&[aria-busy=true]': { opacity: 0.6, cursor: 'progress' },
    '&:focus-visible': { outline: `2px solid ${colors.primary.main}`, outlineOffset: 2 },
  });
