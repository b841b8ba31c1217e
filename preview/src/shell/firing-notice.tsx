/** How many alerts fire, on every page; nothing when none does. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { Link } from 'wouter';
import { isUrgent } from './alerts/alert-kinds.ts';
import { useAlerts } from './alerts/alerts-context.tsx';
import { StateIcon } from './alerts/state-icon.tsx';
import { heardNotSeen } from './heard-not-seen.ts';

export function FiringNotice(): React.ReactElement | null {
  const style = useStyles2(getStyle);
  const firing = (useAlerts().data ?? []).filter(isUrgent);
  if (firing.length === 0) return null;
  return (
    <Link href="/" className={style} title={firing.map(({ name }) => name).join(', ')}>
      <StateIcon state="firing" /> {firing.length} <span>firing</span>
    </Link>
  );
}

const getStyle = ({ colors, spacing, typography, shape, breakpoints }: GrafanaTheme2): string =>
  css({
    ...typography.bodySmall,
    fontWeight: typography.fontWeightMedium,
    display: 'flex',
    alignItems: 'center',
    gap: spacing(0.75),
    height: 24,
    padding: spacing(0, 1),
    borderRadius: shape.radius.default,
    color: colors.error.text,
    background: colors.error.transparent,
    whiteSpace: 'nowrap',
    '&:hover': { textDecoration: 'underline' },
    [breakpoints.down('sm')]: { span: heardNotSeen },
  });
