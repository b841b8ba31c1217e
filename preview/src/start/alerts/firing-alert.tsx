/** An alert that fires, with everything that somebody needs who was woken by it. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { Link } from 'wouter';
import type { AlertRule } from '../../api/alert-rules.ts';
import { AlertLinks, runbookPageOf } from '../../shell/alerts/alert-links.tsx';
import { InstanceList } from '../../shell/alerts/instance-list.tsx';
import { Severity } from '../../shell/alerts/severity.tsx';
import { StateIcon } from '../../shell/alerts/state-icon.tsx';
import { StateLine } from '../../shell/alerts/state-line.tsx';
import { useInfo } from '../../shell/info-context.tsx';
import { nameLinkStyle } from '../../shell/link-style.ts';

export function FiringAlert({ rule }: { readonly rule: AlertRule }): React.ReactElement {
  const page = runbookPageOf(rule, useInfo());
  const action = rule.instances[0]?.annotations['action'];
  return (
    <li className={useStyles2(getStyle)} data-alert={rule.name} data-state={rule.state}>
      <StateIcon state={rule.state} size={16} />
      <div className="what">
        <div className="line">
          <b>{page === undefined ? rule.name : <Link href={page}>{rule.name}</Link>}</b>
          <Severity severity={rule.severity} />
          <span className="since">
            <StateLine rule={rule} />
          </span>
        </div>
        <InstanceList rule={rule} />
        {action !== undefined && <p>{action}</p>}
      </div>
      <AlertLinks rule={rule} />
    </li>
  );
}

const getStyle = (theme: GrafanaTheme2): string => {
  const { colors, spacing, typography, breakpoints } = theme;
  return css({
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    gap: spacing(1.5),
    padding: spacing(1.25, 2),
    alignItems: 'start',
    '& > svg': { marginTop: 3 },
    '& + &': { borderTop: `1px solid ${colors.border.weak}` },
    '.line': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: spacing(0.5, 1.5) },
    b: { fontSize: typography.h5.fontSize, fontWeight: typography.fontWeightMedium },
    'b a': nameLinkStyle(theme),
    '.since': { color: colors.error.text },
    p: { margin: 0, color: colors.text.secondary, maxWidth: '120ch' },
    [breakpoints.down('md')]: {
      gridTemplateColumns: 'auto minmax(0, 1fr)',
      '& > span:last-child': { gridColumn: 2 },
    },
  });
};
