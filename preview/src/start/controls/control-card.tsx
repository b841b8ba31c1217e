/** One switch: what it breaks, where that shows, and how far its alerts are. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useId } from 'react';
import { Link } from 'wouter';
import { useAlerts } from '../../shell/alerts/alerts-context.tsx';
import { Stopwatch } from '../../shell/control-notice.tsx';
import { type SwitchedControl, useControls } from '../../shell/controls-context.tsx';
import { useInfo } from '../../shell/info-context.tsx';
import { AlertChain } from './alert-chain.tsx';
import { SwitchButton } from './switch-button.tsx';

export function ControlCard({ control }: { readonly control: SwitchedControl }): React.ReactElement {
  const { name, title, describes, on, sinceMillis, error, alerts } = control;
  const { turn } = useControls();
  const id = useId();
  const rules = useAlerts().data ?? [];
  const chained = rules.filter((rule) => alerts.includes(rule.name) && (on || rule.state !== 'inactive'));
  const waiting = alerts.filter((alert) => !chained.some((rule) => rule.name === alert));
  return (
    <li className={useStyles2(getStyle)} data-control={name} data-on={on}>
      <div className="what">
        <h3 id={id}>
          {title}
          {on && (
            <span className="on">
              on{sinceMillis !== undefined && ' for '}
              {sinceMillis !== undefined && <Stopwatch sinceMillis={sinceMillis} />}
            </span>
          )}
        </h3>
        <p>{describes}</p>
        <Shows shows={control.shows} />
        {waiting.length > 0 && <p className="fires">Fires {waiting.join(', ')}</p>}
      </div>
      <SwitchButton control={control} labelledBy={id} onTurn={() => turn(name, !on)} />
      {error !== undefined && (
        <p className="error" role="alert">
          {error.message}
        </p>
      )}
      {chained.map((rule) => (
        <AlertChain key={rule.name} rule={rule} />
      ))}
    </li>
  );
}

/** What moves, on which boards. */
function Shows({ shows }: Pick<SwitchedControl, 'shows'>): React.ReactElement | null {
  const { dashboards } = useInfo();
  const shown = dashboards.filter(({ uid }) => shows[uid] !== undefined);
  if (shown.length === 0) return null;
  return (
    <ul className="shows" aria-label="What moves">
      {shown.map(({ uid, title }) => (
        <li key={uid}>
          <Link href={`/d/${uid}`}>{title.replace(/^Telltale: /, '')}</Link> {shows[uid]}
        </li>
      ))}
    </ul>
  );
}

const getStyle = ({ colors, spacing, typography }: GrafanaTheme2): string =>
  css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: spacing(1, 2),
    padding: spacing(1.25, 2),
    alignItems: 'start',
    borderLeft: '3px solid transparent',
    '& + &': { borderTop: `1px solid ${colors.border.weak}` },
    '&[data-on=true]': { borderLeftColor: colors.warning.main, background: colors.background.secondary },
    h3: { ...typography.body, fontWeight: typography.fontWeightMedium, margin: 0 },
    '.on': { marginLeft: spacing(1.5), color: colors.warning.text },
    p: { ...typography.bodySmall, margin: 0, padding: 0, color: colors.text.secondary },
    '.shows': { ...typography.bodySmall, color: colors.text.secondary },
    '.shows a': { color: colors.text.link, textDecoration: 'underline' },
    '.error': { gridColumn: '1 / 3', color: colors.error.text },
  });
