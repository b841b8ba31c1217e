/** The dashboards, side by side. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useInfo } from '../../shell/info-context.tsx';
import { Section } from '../section.tsx';
import { BoardCard } from './board-card.tsx';

export function BoardCards(): React.ReactElement {
  const style = useStyles2(getStyle);
  const { dashboards } = useInfo();
  return (
    <Section title="Dashboards">
      {dashboards.length === 0 ? (
        <p>There are none: &quot;telltale generate&quot; writes them.</p>
      ) : (
        <div className={style}>
          {dashboards.map((dashboard) => (
            <BoardCard key={dashboard.uid} {...dashboard} />
          ))}
        </div>
      )}
    </Section>
  );
}

/** Five in a row, or three and two: never one alone. */
const getStyle = ({ spacing }: GrafanaTheme2): string =>
  css({
    display: 'grid',
    gap: spacing(1.5),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(228px, 100%), 1fr))',
    '@media (min-width: 760px) and (max-width: 1259px)': { gridTemplateColumns: 'repeat(3, minmax(0, 1fr))' },
  });
