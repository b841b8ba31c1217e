/** Switches that break something, so that one can watch what shows it. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { useControls } from '../../shell/controls-context.tsx';
import { Section } from '../section.tsx';
import { ControlCard } from './control-card.tsx';

export function ControlsSection(): React.ReactElement {
  const style = useStyles2(getStyle);
  const { controls, error, turn } = useControls();
  const on = controls.filter((control) => control.on);
  const stopAll = (): void => {
    for (const { name } of on) turn(name, false);
  };
  return (
    <Section
      title="Break something"
      note="and watch a dashboard move, and an alert fire"
      action={
        <Button size="sm" variant="secondary" disabled={on.length === 0} onClick={stopAll}>
          Stop all
        </Button>
      }
    >
      <div className={style}>
        {error !== undefined && <p role="status">The switches do not answer: {error.message}</p>}
        <ul>
          {controls.map((control) => (
            <ControlCard key={control.name} control={control} />
          ))}
        </ul>
      </div>
    </Section>
  );
}

const getStyle = ({ colors, spacing, shape }: GrafanaTheme2): string =>
  css({
    background: colors.background.primary,
    border: `1px solid ${colors.border.weak}`,
    borderRadius: shape.radius.default,
    overflow: 'hidden',
    minHeight: 120,
    ul: { listStyle: 'none', margin: 0 },
    p: { margin: 0, padding: spacing(1, 2), color: colors.error.text },
  });
