/** A part of the page under a heading of its own. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useId } from 'react';

interface SectionProps extends React.PropsWithChildren {
  readonly title: string;
  /** Behind the title, smaller. */
  readonly note?: React.ReactNode;
  /** At the end of the line. */
  readonly action?: React.ReactNode;
}

export function Section({ title, note, action, children }: SectionProps): React.ReactElement {
  const id = useId();
  return (
    <section aria-labelledby={id} className={useStyles2(getStyle)}>
      <div className="line">
        <h2 id={id}>{title}</h2>
        {note !== undefined && <span className="note">{note}</span>}
        {action !== undefined && <span className="action">{action}</span>}
      </div>
      {children}
    </section>
  );
}

const getStyle = ({ spacing, typography, colors }: GrafanaTheme2): string =>
  css({
    minWidth: 0,
    '& > .line': { display: 'flex', alignItems: 'baseline', gap: spacing(1.5), minHeight: 32, flexWrap: 'wrap' },
    h2: { ...typography.h5, margin: 0 },
    '& > .line .note': { ...typography.bodySmall, flex: '1 1 0', minWidth: 120, color: colors.text.secondary },
    '.action': { marginLeft: 'auto' },
    '.action a': { color: colors.text.link },
    '.action a:hover': { textDecoration: 'underline' },
  });
