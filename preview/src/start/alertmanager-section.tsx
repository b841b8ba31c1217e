/** What Alertmanager did with the alerts that reached it. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { fetchHeldAlerts, type HeldAlert } from '../api/held-alerts.ts';
import { timeOf } from '../shell/clock.ts';
import { ExternalLink } from '../shell/external-link.tsx';
import { type Polled, usePolled } from '../shell/poll.ts';
import { Section } from './section.tsx';

const everyMillis = 5_000;

export function AlertmanagerSection({ address }: { readonly address: string }): React.ReactElement {
  const style = useStyles2(getStyle);
  const [polled] = usePolled(fetchHeldAlerts, everyMillis);
  return (
    <Section title="Alertmanager" action={<ExternalLink href={address}>Open Alertmanager</ExternalLink>}>
      <div className={style}>
        <Unreachable {...polled} />
        {polled.data !== undefined && <Held held={polled.data} />}
      </div>
    </Section>
  );
}

function Unreachable({ error, sinceMillis = 0 }: Polled<unknown>): React.ReactElement | null {
  if (error === undefined) return null;
  return (
    <p className="failure" role="status">
      Not reachable since {timeOf(sinceMillis)}: {error.message}
    </p>
  );
}

const fates: readonly HeldAlert['fate'][] = ['active', 'silenced', 'inhibited', 'muted'];

function Held({ held }: { readonly held: readonly HeldAlert[] }): React.ReactElement {
  const counts = fates.map((fate) => ({ fate, count: held.filter((each) => each.fate === fate).length }));
  const shown = counts.filter(({ fate, count }) => count > 0 || fate !== 'muted');
  return (
    <>
      <p>
        Holds <b>{held.length === 1 ? '1 alert' : `${held.length} alerts`}</b>:{' '}
        {shown.map(({ fate, count }) => `${count} ${fate}`).join(', ')}.
      </p>
      <ul>
        {held.map((alert, index) => (
          <li key={index} data-held={alert.name}>
            {alert.name}
            <span>
              {alert.fate === 'active' ? 'to' : `${alert.fate}; else to`} {alert.receivers.join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

const getStyle = ({ colors, spacing, typography, shape }: GrafanaTheme2): string =>
  css({
    background: colors.background.primary,
    border: `1px solid ${colors.border.weak}`,
    borderRadius: shape.radius.default,
    padding: spacing(1.5, 2),
    minHeight: 52,
    p: { margin: 0 },
    '.failure': { color: colors.error.text },
    ul: { listStyle: 'none', margin: spacing(0.5, 0, 0) },
    li: {
      ...typography.bodySmall,
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      gap: spacing(0, 2),
    },
    'li span': { color: colors.text.secondary },
  });
