/** What the alert of a page sees now. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { AlertRule } from '../api/alert-rules.ts';
import { AlertLinks } from '../shell/alerts/alert-links.tsx';
import { useAlerts } from '../shell/alerts/alerts-context.tsx';
import { InstanceList } from '../shell/alerts/instance-list.tsx';
import { Severity } from '../shell/alerts/severity.tsx';
import { StateIcon } from '../shell/alerts/state-icon.tsx';
import { StateLine } from '../shell/alerts/state-line.tsx';
import { timeOf } from '../shell/clock.ts';

export function AlertNow({ name }: { readonly name: string }): React.ReactElement {
  const style = useStyles2(getStyle);
  const { data, error, heardAtMillis = 0 } = useAlerts();
  const rule = data?.find((each) => each.name === name);
  return (
    <section className={style} aria-label="The alert now" data-alert={name} data-state={rule?.state ?? 'unknown'}>
      {rule === undefined ? <span className="line">{absent(data, error)}</span> : <Now rule={rule} />}
      {rule !== undefined && error !== undefined && (
        <span className="old">As of {timeOf(heardAtMillis)}: Prometheus does not answer now.</span>
      )}
    </section>
  );
}

function Now({ rule }: { readonly rule: AlertRule }): React.ReactElement {
  return (
    <>
      <div className="line">
        <StateIcon state={rule.state} size={16} />
        <b>
          <StateLine rule={rule} />
        </b>
        <Severity severity={rule.severity} />
        <span className="links">
          <AlertLinks rule={rule} only="dashboard_url" />
        </span>
      </div>
      <InstanceList rule={rule} />
      {rule.failure !== undefined && <p>Cannot be evaluated: {rule.failure}</p>}
    </>
  );
}

function absent(data?: readonly AlertRule[], error?: Error): string {
  if (data !== undefined) return 'Prometheus has no rule of this name: the alert is off, or not loaded.';
  return error === undefined ? 'Asking Prometheus' : 'Its state is not known: Prometheus does not answer.';
}

const getStyle = ({ colors, spacing, shape, typography }: GrafanaTheme2): string =>
  css({
    display: 'grid',
    gap: spacing(0.5),
    padding: spacing(1, 2),
    marginBottom: spacing(3),
    background: colors.background.primary,
    border: `1px solid ${colors.border.weak}`,
    borderRadius: shape.radius.default,
    '.line': { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: spacing(0.5, 1.5), minHeight: 24 },
    b: { fontWeight: typography.fontWeightMedium },
    'b::first-letter': { textTransform: 'uppercase' },
    '.links': { marginLeft: 'auto' },
    ul: { paddingLeft: 28 },
    '.old': { color: colors.text.secondary },
    p: { margin: 0, color: colors.error.text },
    '&[data-state=firing]': { borderColor: colors.error.border, background: colors.error.transparent },
    '&[data-state=pending]': { borderColor: colors.warning.border },
    '@media print': { display: 'none' },
  });
