/** On top of the page: a calm line while nothing fires, else what does. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { bySeverity, isUrgent } from '../../shell/alerts/alert-kinds.ts';
import { useAlerts } from '../../shell/alerts/alerts-context.tsx';
import { FiringAlert } from './firing-alert.tsx';
import { LoadRules } from './load-rules.tsx';
import { type Tone, verdictOf } from './verdict-words.ts';

export function Verdict(): React.ReactElement {
  const style = useStyles2(getStyle);
  const alerts = useAlerts();
  const { tone, sentence, details } = verdictOf(alerts);
  const firing = (alerts.data ?? []).filter(isUrgent).sort(bySeverity);
  return (
    <section className={style} data-verdict={tone} aria-label="State">
      <div className="headline">
        <VerdictIcon tone={tone} />
        <h1 role="status">{sentence}</h1>
        <p>{details.join(' ')}</p>
      </div>
      {firing.length > 0 && (
        <ul>
          {firing.map((rule) => (
            <FiringAlert key={`${rule.group}/${rule.name}`} rule={rule} />
          ))}
        </ul>
      )}
      {tone === 'unwatched' && <LoadRules />}
    </section>
  );
}

const triangle = 'M12 2.5 22.6 21.2H1.4Z M11 9h2v6h-2Z M11 16.6h2v2h-2Z';
const disc = 'M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20Z';

const shapes: Readonly<Record<Tone, string>> = {
  asking: `${disc} M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z`,
  unknown: `${disc} M11 6h2v8h-2Z M11 16h2v2h-2Z`,
  unwatched: triangle,
  calm: `${disc} M10.6 16.6 17.4 9.8 16 8.4l-5.4 5.4-2.6-2.6-1.4 1.4Z`,
  firing: triangle,
};

const VerdictIcon = ({ tone }: { readonly tone: Tone }): React.ReactElement => (
  <svg width={24} height={24} viewBox="0 0 24 24" aria-hidden>
    <path d={shapes[tone]} fill="currentColor" fillRule="evenodd" />
  </svg>
);

const getStyle = ({ colors, spacing, typography, shape }: GrafanaTheme2): string =>
  css({
    background: colors.background.primary,
    border: `1px solid ${colors.border.weak}`,
    borderRadius: shape.radius.default,
    overflow: 'hidden',
    '.headline': {
      display: 'grid',
      gridTemplateColumns: 'auto auto minmax(0, 1fr)',
      alignItems: 'center',
      gap: spacing(0.25, 1.5),
      padding: spacing(1.25, 2),
      minHeight: 56,
    },
    '@media (max-width: 900px)': {
      '.headline': { gridTemplateColumns: 'auto minmax(0, 1fr)' },
      '.headline p': { gridColumn: 2 },
    },
    svg: { flex: 'none', color: colors.text.disabled },
    h1: { ...typography.h4, margin: 0 },
    '.headline p': { margin: 0, color: colors.text.secondary, overflowWrap: 'anywhere' },
    ul: { listStyle: 'none', margin: 0 },
    '&[data-verdict=calm]': { '.headline > svg': { color: colors.success.main } },
    '&[data-verdict=unwatched]': {
      borderColor: colors.warning.border,
      '.headline > svg': { color: colors.warning.main },
    },
    '&[data-verdict=unknown]': { borderColor: colors.error.border, '.headline > svg': { color: colors.error.main } },
    '&[data-verdict=firing]': {
      borderColor: colors.error.border,
      '.headline': { background: colors.error.transparent },
      '.headline > svg, h1': { color: colors.error.text },
    },
  });
