/** How far an alert is on its way: inactive, pending, firing. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { Link } from 'wouter';
import type { AlertRule, AlertState } from '../../api/alert-rules.ts';
import { runbookPageOf } from '../../shell/alerts/alert-links.tsx';
import { comesNext } from '../../shell/alerts/state-line.tsx';
import { sinceOf } from '../../shell/alerts/alert-kinds.ts';
import { stateColour, StateIcon } from '../../shell/alerts/state-icon.tsx';
import { durationOf, timeOf, useNow } from '../../shell/clock.ts';
import { nameLinkStyle } from '../../shell/link-style.ts';
import { useInfo } from '../../shell/info-context.tsx';

const steps: readonly AlertState[] = ['inactive', 'pending', 'firing'];

export function AlertChain({ rule }: { readonly rule: AlertRule }): React.ReactElement {
  const page = runbookPageOf(rule, useInfo());
  const now = useNow();
  return (
    <div className={useStyles2(getStyle)} data-chain={rule.name} data-state={rule.state}>
      <b>{page === undefined ? rule.name : <Link href={page}>{rule.name}</Link>}</b>
      <ol>
        {steps.map((step) => (
          <li key={step} aria-current={step === rule.state ? 'step' : undefined}>
            <StateIcon state={step} size={12} />
            {step}
          </li>
        ))}
      </ol>
      <span className="words">{chainInWords(rule, now)}</span>
    </div>
  );
}

function chainInWords(rule: AlertRule, now: number): string {
  const since = sinceOf(rule);
  if (since === undefined) return `not seen yet; Prometheus looks every ${durationOf(rule.intervalSeconds)}`;
  if (rule.state === 'firing') return `since ${timeOf(since, now)}`;
  return comesNext(rule.forSeconds - (now - since) / 1_000);
}

const getStyle = (theme: GrafanaTheme2): string => {
  const { colors, spacing, typography, shape } = theme;
  return css({
    ...typography.bodySmall,
    gridColumn: '1 / 3',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: spacing(0.5, 1.5),
    b: { fontWeight: typography.fontWeightMedium },
    'b a': nameLinkStyle(theme),
    ol: {
      display: 'flex',
      listStyle: 'none',
      margin: 0,
      border: `1px solid ${colors.border.medium}`,
      borderRadius: shape.radius.default,
    },
    'ol li': {
      display: 'flex',
      alignItems: 'center',
      gap: spacing(0.5),
      padding: spacing(0, 1),
      height: 22,
      color: colors.text.disabled,
    },
    'ol li + li': { borderLeft: `1px solid ${colors.border.medium}` },
    'ol li:not([aria-current]) svg': { opacity: 0.4 },
    'ol li[aria-current]': { color: colors.text.primary, fontWeight: typography.fontWeightMedium },
    ...Object.fromEntries(
      steps.map((step) => [
        `&[data-state=${step}] li[aria-current]`,
        {
          color: step === 'inactive' ? colors.text.primary : stateColour(step, theme),
          background: colors.action.selected,
        },
      ]),
    ),
    '.words': { color: colors.text.secondary, fontVariantNumeric: 'tabular-nums' },
  });
};
