/** The alerts that do not fire; what fires is on top of the page. The stack's own are folded. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { AlertRule } from '../../api/alert-rules.ts';
import { type AlertKind, isUrgent, kindOf } from '../../shell/alerts/alert-kinds.ts';
import { useAlerts } from '../../shell/alerts/alerts-context.tsx';
import { Section } from '../section.tsx';
import { AlertFold, AlertGroups, stateOrder } from './alert-groups.tsx';

const folds: readonly { readonly kind: AlertKind; readonly title: string }[] = [
  { kind: 'stack', title: 'Alerts by which the stack watches itself' },
  { kind: 'other', title: 'Other rules of this Prometheus' },
];

export function AlertList(): React.ReactElement {
  const style = useStyles2(getStyle);
  const { data: rules = [], heardAtMillis, error } = useAlerts();
  const ofServices = rules.filter((rule) => kindOf(rule) === 'service');
  return (
    <Section title="Alerts" note={countsOf(ofServices)}>
      <div
        className={style}
        data-old={error !== undefined}
        aria-busy={heardAtMillis === undefined && error === undefined}
      >
        {rules.length === 0 && (heardAtMillis ?? error) !== undefined && (
          <p>{error === undefined ? 'There are none.' : 'They are not known, as Prometheus has not answered yet.'}</p>
        )}
        <AlertGroups rules={ofServices.filter((rule) => !isUrgent(rule))} />
        {folds.map(({ kind, title }) => (
          <AlertFold key={kind} title={title} rules={rules.filter((rule) => kindOf(rule) === kind)} />
        ))}
      </div>
    </Section>
  );
}

/** @example '1 firing, 14 inactive' */
function countsOf(rules: readonly AlertRule[]): string {
  const counts = stateOrder.map((state) => ({ state, count: rules.filter((rule) => rule.state === state).length }));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`)
    .join(', ');
}

const getStyle = ({ colors, spacing, shape, typography }: GrafanaTheme2): string =>
  css({
    background: colors.background.primary,
    border: `1px solid ${colors.border.weak}`,
    borderRadius: shape.radius.default,
    '&[aria-busy=true]': { minHeight: 480 },
    containerType: 'inline-size',
    '&[data-old=true] > *': { opacity: 0.5 },
    p: { margin: 0 },
    '& > p': { padding: spacing(1.5, 2), color: colors.text.secondary },
    ul: { listStyle: 'none', margin: 0 },
    h3: {
      ...typography.bodySmall,
      display: 'flex',
      alignItems: 'center',
      gap: spacing(1.5),
      margin: 0,
      padding: spacing(0.5, 2),
      color: colors.text.secondary,
      background: colors.background.secondary,
      '& span::first-letter': { textTransform: 'uppercase' },
    },
    'details:not(:first-child)': { borderTop: `1px solid ${colors.border.weak}` },
    summary: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: spacing(0, 1.5),
      padding: spacing(1, 2),
      cursor: 'pointer',
      fontWeight: typography.fontWeightMedium,
    },
    'summary::before': { content: '"▸"', width: 14, color: colors.text.secondary },
    'details[open] > summary::before': { content: '"▾"' },
    'summary:hover': { background: colors.action.hover },
    'summary:focus-visible': { outline: `2px solid ${colors.primary.main}`, outlineOffset: -2 },
    '.note': { ...typography.bodySmall, color: colors.text.secondary },
    '.firing': { ...typography.bodySmall, display: 'inline-flex', alignItems: 'center', gap: spacing(0.5) },
  });
