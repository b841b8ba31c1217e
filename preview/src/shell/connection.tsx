/** Whether Prometheus answers, and since when: a dot and a sentence. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { isServerGone, isUnreachable } from '../api/preview-api.ts';
import { useAlerts } from './alerts/alerts-context.tsx';
import { timeOf } from './clock.ts';
import { heardNotSeen } from './heard-not-seen.ts';
import { useInfo } from './info-context.tsx';
import type { Polled } from './poll.ts';

type Connection = 'asking' | 'reachable' | 'unreachable';

export function ConnectionState(): React.ReactElement {
  const alerts = useAlerts();
  const { prometheus } = useInfo();
  const connection = connectionOf(alerts);
  return (
    <span
      className={useStyles2(getStyle)}
      role="status"
      data-connection={connection}
      title={alerts.error?.message ?? prometheus}
    >
      <span className="dot" />
      <span className="sentence">{sentenceOf(alerts)}</span>
    </span>
  );
}

function connectionOf({ error, sinceMillis }: Polled<unknown>): Connection {
  if (sinceMillis === undefined) return 'asking';
  return error !== undefined && isUnreachable(error) ? 'unreachable' : 'reachable';
}

function sentenceOf({ error, sinceMillis }: Polled<unknown>): string {
  if (sinceMillis === undefined) return 'Asking Prometheus';
  if (error === undefined || !isUnreachable(error)) return `Prometheus reachable since ${timeOf(sinceMillis)}`;
  const who = isServerGone(error) ? 'Preview server' : 'Prometheus';
  return `${who} not reachable since ${timeOf(sinceMillis)}`;
}

const getStyle = ({ colors, spacing, typography, breakpoints }: GrafanaTheme2): string =>
  css({
    ...typography.bodySmall,
    display: 'flex',
    alignItems: 'center',
    gap: spacing(1),
    color: colors.text.secondary,
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
    '.dot': { width: 8, height: 8, borderRadius: '50%', background: colors.text.disabled, flex: 'none' },
    '&[data-connection=reachable] .dot': { background: colors.success.main },
    '&[data-connection=unreachable]': { color: colors.error.text },
    '&[data-connection=unreachable] .dot': { background: colors.error.main, borderRadius: 1 },
    [breakpoints.down('lg')]: {
      '&:not([data-connection=unreachable]) .sentence': heardNotSeen,
    },
  });
