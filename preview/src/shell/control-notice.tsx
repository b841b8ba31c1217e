/** Says on every page that something is broken on purpose, so that nobody forgets it. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { stopwatchOf, useNow } from './clock.ts';
import { type SwitchedControl, useControls } from './controls-context.tsx';

export function ControlNotice(): React.ReactElement | null {
  const on = useControls().controls.filter((control) => control.on);
  return on.length === 0 ? null : <Notice on={on} />;
}

function Notice({ on }: { readonly on: readonly SwitchedControl[] }): React.ReactElement {
  const { turn } = useControls();
  const [only] = on;
  const many = on.length > 1;
  return (
    <aside className={useStyles2(getStyle)} aria-label="Broken on purpose">
      <span role="status">{many ? `${on.length} faults are on` : `“${only?.title}” is on`}</span>
      {!many && only?.sinceMillis !== undefined && <Stopwatch sinceMillis={only.sinceMillis} />}
      <button
        type="button"
        aria-busy={on.some(({ busy }) => busy)}
        onClick={() => {
          for (const { name } of on) turn(name, false);
        }}
      >
        {many ? 'Turn all off' : 'Turn off'}
      </button>
    </aside>
  );
}

/** How long it has been, e.g. `0:42`. */
export function Stopwatch({ sinceMillis }: { readonly sinceMillis: number }): React.ReactElement {
  return <span style={{ fontVariantNumeric: 'tabular-nums' }}>{stopwatchOf((useNow() - sinceMillis) / 1_000)}</span>;
}

const getStyle = ({ colors, spacing, typography, shape, breakpoints, shadows }: GrafanaTheme2): string =>
  css({
    ...typography.bodySmall,
    display: 'flex',
    alignItems: 'center',
    gap: spacing(1),
    height: 28,
    padding: spacing(0, 0.5, 0, 1.5),
    borderRadius: shape.radius.default,
    background: colors.warning.main,
    color: colors.warning.contrastText,
    whiteSpace: 'nowrap',
    minWidth: 0,
    '[role=status]': { overflow: 'hidden', textOverflow: 'ellipsis', fontWeight: typography.fontWeightMedium },
    button: {
      font: 'inherit',
      fontWeight: typography.fontWeightMedium,
      color: 'inherit',
      background: 'transparent',
      border: '1px solid currentColor',
      borderRadius: shape.radius.default,
      padding: spacing(0, 1),
      height: 22,
      lineHeight: '20px',
      cursor: 'pointer',
      '&:hover': { background: colors.action.hover },
      '&[aria-busy=true]': { opacity: 0.6 },
      '&:focus-visible': { outline: '2px solid currentColor', outlineOffset: 1 },
    },
    [breakpoints.down('md')]: {
      position: 'fixed',
      bottom: 8,
      left: 8,
      right: 8,
      height: 40,
      boxShadow: shadows.z3,
      justifyContent: 'space-between',
      button: { height: 30 },
    },
    '@media print': { display: 'none' },
  });
